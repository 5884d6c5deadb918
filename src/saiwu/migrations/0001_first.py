
import django.db.models.deletion
import saiwu.rules.procedure
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Competition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=60)),
                ('in_force_sha256', models.CharField(blank=True, default='', max_length=64)),
                ('published_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'saiwu_competition',
            },
        ),
        migrations.CreateModel(
            name='Division',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=60)),
                ('position', models.PositiveIntegerField()),
            ],
            options={
                'db_table': 'saiwu_division',
                'ordering': ('event', 'position'),
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('login', models.CharField(max_length=100)),
                ('name', models.CharField(max_length=60)),
                ('number_digest', models.CharField(blank=True, default='', max_length=64)),
                ('is_active', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'saiwu_account',
                'constraints': [models.UniqueConstraint(fields=('login',), name='one_account_a_login', violation_error_message='这个登录名已有人使用，请换一个。')],
            },
        ),
        migrations.CreateModel(
            name='Bulletin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=60)),
                ('values', models.JSONField()),
                ('docx_sha256', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('competition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='bulletin', to='saiwu.competition')),
            ],
            options={
                'db_table': 'saiwu_bulletin',
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('team_name', models.CharField(blank=True, default='', max_length=60)),
                ('number', models.CharField(max_length=12)),
                ('state', models.CharField(choices=[('draft', '草稿'), ('preregistered', '已预报名'), ('awaiting_unit', '待单位确认'), ('submitted', '待审核'), ('returned', '退回修改'), ('accepted', '审核通过'), ('waiting', '候补'), ('finalist', '入围决赛'), ('checked_in', '已检录'), ('rejected', '不予受理'), ('withdrawn', '已撤回')], default=saiwu.rules.procedure.EntryState['DRAFT'], max_length=20)),
                ('facts', models.JSONField(default=dict)),
                ('findings', models.JSONField(default=list)),
                ('rulebook_version', models.PositiveIntegerField()),
                ('round', models.PositiveIntegerField(default=1)),
                ('submitted_at', models.DateTimeField()),
                ('declared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='saiwu.division')),
            ],
            options={
                'db_table': 'saiwu_entry',
            },
        ),
        migrations.CreateModel(
            name='CheckIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='check_in', to='saiwu.entry')),
            ],
            options={
                'db_table': 'saiwu_check_in',
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=60)),
                ('position', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('announced', '未开始'), ('registering', '报名中'), ('reviewing', '资格审核中'), ('listed', '名单已公布'), ('running', '比赛中'), ('marking', '评分中'), ('sealed', '已锁分'), ('public_notice', '公示中'), ('confirmed', '已确认'), ('cancelled', '已取消')], default=saiwu.rules.procedure.EventState['ANNOUNCED'], max_length=20)),
                ('competition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='saiwu.competition')),
            ],
            options={
                'db_table': 'saiwu_event',
                'ordering': ('competition', 'position'),
            },
        ),
        migrations.AddField(
            model_name='entry',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='saiwu.event'),
        ),
        migrations.CreateModel(
            name='Draw',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=120)),
                ('codes', models.JSONField()),
                ('list_sha256', models.CharField(max_length=64)),
                ('stations', models.PositiveIntegerField(null=True)),
                ('state', models.CharField(choices=[('frozen', '名单已冻结'), ('committed', '承诺已公布'), ('fixed', '公开输入已确定'), ('made', '已抽签')], default=saiwu.rules.procedure.DrawState['FROZEN'], max_length=10)),
                ('frozen_at', models.DateTimeField()),
                ('secret_sealed', models.BinaryField(null=True)),
                ('commitment', models.CharField(blank=True, default='', max_length=64)),
                ('committed_at', models.DateTimeField(null=True)),
                ('public_input', models.TextField(blank=True, default='')),
                ('public_input_source', models.TextField(blank=True, default='')),
                ('fixed_at', models.DateTimeField(null=True)),
                ('made_at', models.DateTimeField(null=True)),
                ('transcript', models.JSONField(null=True)),
                ('division', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draws', to='saiwu.division')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='draws', to='saiwu.event')),
            ],
            options={
                'db_table': 'saiwu_draw',
            },
        ),
        migrations.AddField(
            model_name='division',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='divisions', to='saiwu.event'),
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('subject', models.CharField(max_length=120)),
                ('concerns', models.JSONField(default=list)),
                ('options', models.JSONField(default=list)),
                ('message', models.TextField()),
                ('clause', models.CharField(blank=True, default='', max_length=20)),
                ('may_take', models.CharField(max_length=20)),
                ('state', models.CharField(choices=[('asked', '待决定'), ('granted', '已同意'), ('refused', '未同意')], default=saiwu.rules.procedure.Open['ASKED'], max_length=10)),
                ('raised_at', models.DateTimeField()),
                ('choice', models.JSONField(null=True)),
                ('taken_role', models.CharField(blank=True, default='', max_length=20)),
                ('taken_at', models.DateTimeField(null=True)),
                ('reason', models.TextField(blank=True, default='')),
                ('letter', models.CharField(blank=True, default='', max_length=60)),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('division', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='saiwu.division')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='saiwu.event')),
            ],
            options={
                'db_table': 'saiwu_decision',
            },
        ),
        migrations.CreateModel(
            name='Conflict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number_digest', models.CharField(max_length=64)),
                ('rule', models.CharField(max_length=40)),
                ('actor', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('competition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to='saiwu.competition')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to='saiwu.event')),
            ],
            options={
                'db_table': 'saiwu_conflict',
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('competition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='saiwu.competition')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='saiwu.event')),
            ],
            options={
                'db_table': 'saiwu_claim',
            },
        ),
        migrations.CreateModel(
            name='BlindCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12)),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='codes', to='saiwu.division')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='blind_code', to='saiwu.entry')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='codes', to='saiwu.event')),
            ],
            options={
                'db_table': 'saiwu_blind_code',
            },
        ),
        migrations.CreateModel(
            name='Head',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('n', models.BigIntegerField()),
                ('hash', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('key', models.CharField(max_length=64)),
                ('signature', models.CharField(max_length=128)),
            ],
            options={
                'db_table': 'saiwu_head',
                'constraints': [models.UniqueConstraint(fields=('n', 'key'), name='one_signature_a_head')],
            },
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12)),
                ('part', models.CharField(max_length=80)),
                ('seat', models.PositiveIntegerField(default=1)),
                ('value', models.PositiveBigIntegerField()),
                ('at', models.DateTimeField()),
                ('reason', models.TextField(blank=True, default='')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='saiwu.event')),
                ('replaces', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='saiwu.mark')),
            ],
            options={
                'db_table': 'saiwu_mark',
            },
        ),
        migrations.CreateModel(
            name='Moment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moments', to='saiwu.event')),
            ],
            options={
                'db_table': 'saiwu_moment',
            },
        ),
        migrations.CreateModel(
            name='Penalty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12)),
                ('penalty', models.CharField(max_length=60)),
                ('times', models.PositiveIntegerField(default=1)),
                ('reason', models.TextField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='penalties', to='saiwu.event')),
            ],
            options={
                'db_table': 'saiwu_penalty',
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=16)),
                ('name', models.CharField(max_length=60)),
                ('sex', models.CharField(blank=True, default='', max_length=1)),
                ('born', models.DateField(null=True)),
                ('number_digest', models.CharField(max_length=64)),
                ('number_sealed', models.BinaryField()),
                ('phone_sealed', models.BinaryField(null=True)),
                ('competition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='saiwu.competition')),
            ],
            options={
                'db_table': 'saiwu_person',
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('role', models.CharField(default='选手', max_length=10)),
                ('facts', models.JSONField(default=dict)),
                ('claim', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='saiwu.claim')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='saiwu.entry')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='saiwu.person')),
            ],
            options={
                'db_table': 'saiwu_member',
                'ordering': ('entry', 'position'),
            },
        ),
        migrations.CreateModel(
            name='Instructor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='instructors', to='saiwu.entry')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='instructs', to='saiwu.person')),
            ],
            options={
                'db_table': 'saiwu_instructor',
                'ordering': ('entry', 'position'),
            },
        ),
        migrations.AddField(
            model_name='claim',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='saiwu.person'),
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jpeg_sealed', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='photo', to='saiwu.person')),
            ],
            options={
                'db_table': 'saiwu_photo',
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('session', models.PositiveIntegerField(null=True)),
                ('station', models.PositiveIntegerField(null=True)),
                ('draw', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='saiwu.draw')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drawn', to='saiwu.entry')),
            ],
            options={
                'db_table': 'saiwu_place',
            },
        ),
        migrations.CreateModel(
            name='Preregistration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit_name', models.CharField(max_length=120)),
                ('receipt', models.CharField(max_length=8)),
                ('request', models.CharField(max_length=64)),
                ('answers', models.JSONField(default=dict)),
                ('findings', models.JSONField(default=list)),
                ('rulebook_version', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('draft', '草稿'), ('preregistered', '已预报名'), ('awaiting_unit', '待单位确认'), ('submitted', '待审核'), ('returned', '退回修改'), ('accepted', '审核通过'), ('waiting', '候补'), ('finalist', '入围决赛'), ('checked_in', '已检录'), ('rejected', '不予受理'), ('withdrawn', '已撤回')], default=saiwu.rules.procedure.EntryState['PREREGISTERED'], max_length=20)),
                ('at', models.DateTimeField()),
                ('competition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='preregistrations', to='saiwu.competition')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='preregistrations', to='saiwu.division')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='preregistrations', to='saiwu.event')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='preregistrations', to='saiwu.person')),
            ],
            options={
                'db_table': 'saiwu_preregistration',
            },
        ),
        migrations.CreateModel(
            name='QuotaPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quota', models.CharField(max_length=160)),
                ('number', models.PositiveIntegerField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='saiwu.entry')),
            ],
            options={
                'db_table': 'saiwu_quota_place',
            },
        ),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('actor', models.CharField(max_length=40)),
                ('role', models.CharField(max_length=20)),
                ('verb', models.CharField(max_length=60)),
                ('object', models.CharField(max_length=60)),
                ('facts', models.JSONField(default=dict)),
                ('competition', models.CharField(blank=True, default='', max_length=60)),
            ],
            options={
                'db_table': 'saiwu_record',
                'indexes': [models.Index(fields=['object', 'id'], name='records_of_an_object'), models.Index(fields=['competition', 'id'], name='records_of_a_competition')],
            },
        ),
        migrations.CreateModel(
            name='Result',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12)),
                ('state', models.CharField(max_length=10)),
                ('total', models.PositiveIntegerField(null=True)),
                ('rank', models.PositiveIntegerField(null=True)),
                ('award', models.CharField(blank=True, default='', max_length=40)),
                ('pending', models.CharField(blank=True, default='', max_length=10)),
                ('reason', models.TextField(blank=True, default='')),
                ('components', models.JSONField(default=dict)),
                ('members', models.JSONField(default=list)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='saiwu.entry')),
            ],
            options={
                'db_table': 'saiwu_result',
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=80)),
                ('check_code', models.CharField(max_length=16)),
                ('issued_at', models.DateTimeField()),
                ('competition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='saiwu.competition')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='saiwu.member')),
                ('result', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='saiwu.result')),
            ],
            options={
                'db_table': 'saiwu_certificate',
            },
        ),
        migrations.CreateModel(
            name='ResultList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('list_key', models.CharField(max_length=60)),
                ('number', models.PositiveIntegerField(default=1)),
                ('bundle', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('computed_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('division', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='result_lists', to='saiwu.division')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='result_lists', to='saiwu.event')),
            ],
            options={
                'db_table': 'saiwu_result_list',
            },
        ),
        migrations.AddField(
            model_name='result',
            name='result_list',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='saiwu.resultlist'),
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveIntegerField()),
                ('outcome', models.CharField(choices=[('accepted', '审核通过'), ('returned', '退回修改'), ('rejected', '不予受理')], max_length=10)),
                ('at', models.DateTimeField()),
                ('reason', models.TextField(blank=True, default='')),
                ('findings', models.JSONField(default=list)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='saiwu.entry')),
            ],
            options={
                'db_table': 'saiwu_review',
            },
        ),
        migrations.CreateModel(
            name='RulebookVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('files', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('since', models.DateTimeField()),
                ('competition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='saiwu.competition')),
            ],
            options={
                'db_table': 'saiwu_rulebook_version',
            },
        ),
        migrations.AddField(
            model_name='competition',
            name='in_force',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='saiwu.rulebookversion'),
        ),
        migrations.CreateModel(
            name='ChangeRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('values', models.JSONField()),
                ('before', models.JSONField(default=dict)),
                ('reason', models.TextField()),
                ('state', models.CharField(choices=[('asked', '待决定'), ('granted', '已同意'), ('refused', '未同意')], default=saiwu.rules.procedure.Open['ASKED'], max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('settled_role', models.CharField(blank=True, default='', max_length=20)),
                ('letter', models.CharField(blank=True, default='', max_length=60)),
                ('remark', models.TextField(blank=True, default='')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='saiwu.event')),
                ('version', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='saiwu.rulebookversion')),
            ],
            options={
                'db_table': 'saiwu_change_request',
            },
        ),
        migrations.CreateModel(
            name='Scope',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('installation', '整套安装'), ('unit', '参赛单位'), ('competition', '竞赛'), ('event', '赛项')], max_length=20)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='saiwu.scope')),
            ],
            options={
                'db_table': 'saiwu_scope',
            },
        ),
        migrations.AddField(
            model_name='event',
            name='scope',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='event', to='saiwu.scope'),
        ),
        migrations.AddField(
            model_name='competition',
            name='scope',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='competition', to='saiwu.scope'),
        ),
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('visitor', '公众'), ('system', '系统'), ('unit', '参赛单位'), ('host', '承办单位'), ('registrar', '检录加密人员'), ('judge', '裁判员'), ('chief_judge', '裁判长'), ('committee', '组委会办公室'), ('organiser', '主办单位'), ('supervisor', '监督'), ('arbiter', '仲裁')], max_length=20)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to=settings.AUTH_USER_MODEL)),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='saiwu.scope')),
            ],
            options={
                'db_table': 'saiwu_appointment',
            },
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('n', models.BigIntegerField(primary_key=True, serialize=False)),
                ('previous', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='seal', to='saiwu.record')),
            ],
            options={
                'db_table': 'saiwu_seal',
            },
        ),
        migrations.CreateModel(
            name='SecondLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('codes', models.JSONField()),
                ('at', models.DateTimeField()),
                ('remark', models.TextField(blank=True, default='')),
                ('outdated_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='second_looks', to='saiwu.event')),
            ],
            options={
                'db_table': 'saiwu_second_look',
            },
        ),
        migrations.CreateModel(
            name='Side',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=40)),
                ('within', models.CharField(max_length=60)),
                ('side', models.CharField(choices=[('contestant', '选手'), ('instructor', '指导教师')], max_length=12)),
                ('competition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sides', to='saiwu.competition')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sides', to='saiwu.person')),
            ],
            options={
                'db_table': 'saiwu_side',
            },
        ),
        migrations.CreateModel(
            name='SideUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='side_uses', to='saiwu.entry')),
                ('side', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='saiwu.side')),
            ],
            options={
                'db_table': 'saiwu_side_use',
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('name_key', models.CharField(max_length=120)),
                ('credit_code', models.CharField(blank=True, default='', max_length=18)),
                ('kind', models.CharField(choices=[('企业', '企业'), ('院校', '院校'), ('机关', '机关'), ('其他', '其他')], max_length=10)),
                ('school_kind', models.CharField(blank=True, default='', max_length=10)),
                ('district', models.CharField(blank=True, default='', max_length=30)),
                ('scope', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='unit', to='saiwu.scope')),
            ],
            options={
                'db_table': 'saiwu_unit',
            },
        ),
        migrations.AddField(
            model_name='entry',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='saiwu.unit'),
        ),
        migrations.CreateModel(
            name='UnitAward',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('award', models.CharField(max_length=60)),
                ('prize', models.CharField(blank=True, default='', max_length=60)),
                ('among', models.CharField(max_length=20)),
                ('recipient', models.CharField(max_length=120)),
                ('points', models.IntegerField(null=True)),
                ('at', models.DateTimeField()),
                ('reason', models.TextField()),
                ('letter', models.CharField(blank=True, default='', max_length=60)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('competition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='unit_awards', to='saiwu.competition')),
            ],
            options={
                'db_table': 'saiwu_unit_award',
            },
        ),
        migrations.CreateModel(
            name='Unsealing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='unsealing', to='saiwu.event')),
                ('witness', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'saiwu_unsealing',
            },
        ),
        migrations.CreateModel(
            name='Waiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=60)),
                ('state', models.CharField(choices=[('asked', '待决定'), ('granted', '已同意'), ('refused', '未同意')], default=saiwu.rules.procedure.Open['ASKED'], max_length=10)),
                ('may_settle', models.CharField(max_length=20)),
                ('asked_at', models.DateTimeField()),
                ('grounds', models.TextField()),
                ('settled_role', models.CharField(blank=True, default='', max_length=20)),
                ('settled_at', models.DateTimeField(null=True)),
                ('reason', models.TextField(blank=True, default='')),
                ('letter', models.CharField(blank=True, default='', max_length=60)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waivers', to='saiwu.entry')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'saiwu_waiver',
            },
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.UniqueConstraint(fields=('event', 'purpose'), name='one_draw_a_purpose', violation_error_message='这项抽签已经建立。'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'frozen'), models.Q(('commitment', ''), _negated=True), _connector='OR'), name='a_draw_is_committed_before_it_is_made'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['frozen', 'committed']), ('fixed_at__isnull', False), _connector='OR'), name='a_draw_has_its_public_input_before_it_is_made'),
        ),
        migrations.AddConstraint(
            model_name='division',
            constraint=models.UniqueConstraint(fields=('event', 'slug'), name='one_division_a_slug'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('event', 'subject'), name='one_decision_a_subject'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'asked'), ('taken_by', None)), models.Q(models.Q(('state', 'asked'), _negated=True), ('taken_by__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='a_taken_decision_says_by_whom_and_why', violation_error_message='作出裁定须写明理由。'),
        ),
        migrations.AddIndex(
            model_name='conflict',
            index=models.Index(fields=['competition', 'settled_at', 'id'], name='conflicts_to_settle'),
        ),
        migrations.AddConstraint(
            model_name='blindcode',
            constraint=models.UniqueConstraint(fields=('event', 'code'), name='one_entry_a_code'),
        ),
        migrations.AddIndex(
            model_name='mark',
            index=models.Index(fields=['event', 'code'], name='marks_of_a_code'),
        ),
        migrations.AddConstraint(
            model_name='mark',
            constraint=models.UniqueConstraint(condition=models.Q(('replaces', None)), fields=('event', 'code', 'part', 'by'), name='one_first_mark_a_judge', violation_error_message='这一项已录入，请用更正。'),
        ),
        migrations.AddConstraint(
            model_name='mark',
            constraint=models.UniqueConstraint(condition=models.Q(('replaces', None)), fields=('event', 'code', 'part', 'seat'), name='one_first_mark_a_seat', violation_error_message='这一项刚刚已由其他裁判录入，请刷新后查看。'),
        ),
        migrations.AddConstraint(
            model_name='mark',
            constraint=models.UniqueConstraint(fields=('replaces',), name='one_correction_a_mark', violation_error_message='这一项刚刚已更正过，请刷新后查看。'),
        ),
        migrations.AddConstraint(
            model_name='mark',
            constraint=models.CheckConstraint(condition=models.Q(('replaces', None), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_correction_says_why', violation_error_message='更正评分须写明理由。'),
        ),
        migrations.AddConstraint(
            model_name='moment',
            constraint=models.UniqueConstraint(fields=('event', 'name'), name='a_moment_happens_once'),
        ),
        migrations.AddConstraint(
            model_name='penalty',
            constraint=models.UniqueConstraint(fields=('event', 'code', 'penalty'), name='one_penalty_a_code', violation_error_message='这项处罚已经作出。'),
        ),
        migrations.AddConstraint(
            model_name='penalty',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), ('times__gte', 1)), name='a_penalty_says_why', violation_error_message='处罚须写明事实。'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(fields=('competition', 'number_digest'), name='one_person_a_number', violation_error_message='这个证件号码刚刚由另一处提交，请再提交一次。'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(fields=('key',), name='one_person_a_key'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(fields=('entry', 'position'), name='one_place_in_a_team', violation_error_message='队内序号重复，请核对队员名单。'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(fields=('claim',), name='one_entry_per_claim', violation_error_code='one_event', violation_error_message='该人员在本届竞赛已有报名，每人限报一项。如需更换，请先撤回原报名。'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(fields=('entry', 'person'), name='once_in_a_team', violation_error_message='同一人在队内出现两次，请核对队员名单。'),
        ),
        migrations.AddConstraint(
            model_name='instructor',
            constraint=models.UniqueConstraint(fields=('entry', 'position'), name='one_place_among_instructors'),
        ),
        migrations.AddConstraint(
            model_name='instructor',
            constraint=models.UniqueConstraint(fields=('entry', 'person'), name='instructs_an_entry_once', violation_error_message='同一指导教师写了两次，请核对。'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(fields=('competition', 'person'), name='one_event_per_person', violation_error_code='one_event', violation_error_message='该人员在本届竞赛已有报名，每人限报一项。如需更换，请先撤回原报名。'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.UniqueConstraint(fields=('draw', 'position'), name='one_entry_a_position'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.UniqueConstraint(fields=('draw', 'entry'), name='one_position_an_entry'),
        ),
        migrations.AddIndex(
            model_name='preregistration',
            index=models.Index(fields=['event', 'state'], name='preregistrations_of_an_event'),
        ),
        migrations.AddConstraint(
            model_name='preregistration',
            constraint=models.UniqueConstraint(fields=('competition', 'receipt'), name='one_receipt_a_number'),
        ),
        migrations.AddConstraint(
            model_name='preregistration',
            constraint=models.UniqueConstraint(fields=('competition', 'request'), name='one_receipt_a_request'),
        ),
        migrations.AddConstraint(
            model_name='quotaplace',
            constraint=models.UniqueConstraint(fields=('quota', 'number'), name='one_entry_a_place', violation_error_code='quotas', violation_error_message='名额已满。'),
        ),
        migrations.AddConstraint(
            model_name='quotaplace',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='places_count_from_one'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(fields=('competition', 'number'), name='one_number_a_certificate', violation_error_message='证书编号重复。'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(fields=('result', 'member'), name='one_certificate_a_member', violation_error_message='该选手的证书已颁发。'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(fields=('check_code',), name='one_check_code_a_certificate'),
        ),
        migrations.AddConstraint(
            model_name='resultlist',
            constraint=models.UniqueConstraint(fields=('event', 'list_key', 'number'), name='one_list_a_computation'),
        ),
        migrations.AddConstraint(
            model_name='result',
            constraint=models.UniqueConstraint(fields=('result_list', 'entry'), name='one_result_a_list'),
        ),
        migrations.AddConstraint(
            model_name='result',
            constraint=models.UniqueConstraint(fields=('result_list', 'code'), name='one_code_a_list'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(fields=('entry', 'round'), name='one_decision_a_review', violation_error_message='这份报名刚刚已由他人审核，请刷新后查看。'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('outcome', 'accepted'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='who_is_not_accepted_is_told_why', violation_error_message='退回或不予受理须写明理由，报名单位会看到。'),
        ),
        migrations.AddConstraint(
            model_name='rulebookversion',
            constraint=models.UniqueConstraint(fields=('competition', 'version'), name='one_rulebook_a_version', violation_error_message='这一版规则已经发布过，更正请用下一个版本号。'),
        ),
        migrations.AddConstraint(
            model_name='changerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_by', None), ('state', 'asked')), models.Q(models.Q(('state', 'asked'), _negated=True), ('settled_by__isnull', False)), _connector='OR'), name='a_settled_change_says_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='changerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'granted'), _negated=True), ('version__isnull', False), _connector='OR'), name='a_granted_change_has_its_rulebook'),
        ),
        migrations.AddConstraint(
            model_name='scope',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'event'), ('parent__isnull', False)), models.Q(models.Q(('kind', 'event'), _negated=True), ('parent__isnull', True)), _connector='OR'), name='an_event_lies_in_a_competition'),
        ),
        migrations.AddConstraint(
            model_name='scope',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'installation')), fields=('kind',), name='one_installation'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.UniqueConstraint(fields=('competition', 'slug'), name='one_event_a_slug'),
        ),
        migrations.AddConstraint(
            model_name='competition',
            constraint=models.UniqueConstraint(fields=('slug',), name='one_competition_a_slug', violation_error_message='这场竞赛已经发布过。'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.UniqueConstraint(fields=('account', 'role', 'scope', 'since'), name='one_appointment_at_a_time', violation_error_message='此人已有这项聘任。'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gt', models.F('since')), _connector='OR'), name='an_appointment_ends_after_it_begins', violation_error_message='聘任的结束时间须晚于开始时间。'),
        ),
        migrations.AddConstraint(
            model_name='seal',
            constraint=models.CheckConstraint(condition=models.Q(('n__gte', 1)), name='a_chain_begins_with_one'),
        ),
        migrations.AddConstraint(
            model_name='seal',
            constraint=models.UniqueConstraint(fields=('previous',), name='one_record_follows_another'),
        ),
        migrations.AddConstraint(
            model_name='side',
            constraint=models.UniqueConstraint(fields=('competition', 'rule', 'within', 'person'), name='contestant_or_instructor', violation_error_code='not_instructor', violation_error_message='以职工身份参赛的选手不得担任同一赛项学生选手的指导教师，请更换选手或指导教师。'),
        ),
        migrations.AddConstraint(
            model_name='sideuse',
            constraint=models.UniqueConstraint(fields=('side', 'entry'), name='one_use_of_a_side'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(fields=('name_key',), name='one_unit_a_name', violation_error_message='已有同名单位，请核对是否同一单位。'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(condition=models.Q(('credit_code', ''), _negated=True), fields=('credit_code',), name='one_unit_a_credit_code', violation_error_message='已有单位使用这个统一社会信用代码，请核对是否同一单位。'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['event', 'state', 'submitted_at', 'id'], name='entries_of_an_event'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['unit', 'event'], name='entries_of_a_unit'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(fields=('event', 'number'), name='one_entry_a_number'),
        ),
        migrations.AddConstraint(
            model_name='unitaward',
            constraint=models.UniqueConstraint(fields=('competition', 'award', 'recipient'), name='one_unit_award_a_recipient', violation_error_message='该单位已获此奖。'),
        ),
        migrations.AddConstraint(
            model_name='unsealing',
            constraint=models.CheckConstraint(condition=models.Q(('by', models.F('witness')), _negated=True), name='two_people_unseal', violation_error_message='解密须由两人在场：检录加密人员操作，监督见证。'),
        ),
        migrations.AddConstraint(
            model_name='waiver',
            constraint=models.UniqueConstraint(fields=('entry', 'rule'), name='one_waiver_a_rule', violation_error_message='这一条已请求过豁免。'),
        ),
        migrations.AddConstraint(
            model_name='waiver',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_by', None), ('state', 'asked')), models.Q(models.Q(('state', 'asked'), _negated=True), ('settled_by__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='a_settled_waiver_says_by_whom_and_why', violation_error_message='决定豁免与否须写明理由。'),
        ),
    ]
