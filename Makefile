# Two commands are all that a fresh machine needs: `make run` and `make test`. Both do `make setup` first.
PY ?= python3
V := .venv

setup: $(V)/.ok
$(V)/.ok: pyproject.toml requirements.lock
	$(PY) -m venv $(V)
	$(V)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(V)/bin/python -m pip install -q --disable-pip-version-check --no-deps -e .
	touch $@

run: setup
	$(V)/bin/saiwu run --demo

$(V)/.dev: $(V)/.ok requirements-dev.lock
	$(V)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

test: $(V)/.dev
	$(V)/bin/python -m tests

check: $(V)/.dev
	$(V)/bin/ruff check .
	$(V)/bin/ruff format --check .
	$(V)/bin/mypy
	$(V)/bin/lint-imports

bench: $(V)/.dev
	$(V)/bin/python -m benchmarks

docs: $(V)/.dev
	$(V)/bin/python -m docs.generate

pictures: $(V)/.dev
	$(V)/bin/python -m docs.pictures

lock: $(V)/.dev
	$(V)/bin/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml -o requirements.lock
	$(V)/bin/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml --extra postgres -c requirements.lock -o requirements-postgres.lock
	$(V)/bin/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml --group dev --extra postgres -o requirements-dev.lock

.PHONY: setup run test check bench docs pictures lock
