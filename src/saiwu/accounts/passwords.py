"""What a password must be, beyond Django's own validators, which have no Chinese for this one."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator


class LongEnough(MinimumLengthValidator):
    """At least so many characters (NIST SP 800-63B: length before composition)."""

    def get_error_message(self) -> str:
        """In the user's words."""
        return f"密码太短，至少要 {self.min_length} 个字符。"

    def get_help_text(self) -> str:
        """The same as a hint."""
        return f"至少 {self.min_length} 个字符。"
