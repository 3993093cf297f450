"""Keep every version of every row: tables of changes, and the triggers that fill them."""

import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from trace.baseline import write_baseline


class Migration(migrations.Migration):
    dependencies = [
        ("trace", "0004_guards"),
        ("organisation", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="MeetingChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("date", models.DateField(verbose_name="datum")),
                ("is_example", models.BooleanField(default=False, verbose_name="exempel")),
            ],
            options={
                "verbose_name": "ändring: sammanträde",
                "verbose_name_plural": "ändringar: sammanträden",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MembershipChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("uppgiftslamnare", "Uppgiftslämnare"),
                            ("granskare", "Granskare"),
                            ("namndsekreterare", "Nämndsekreterare"),
                            ("chef", "Chef"),
                            ("lasare", "Läsare"),
                            ("ledamot", "Ledamot"),
                            ("samordnare", "Samordnare"),
                            ("remittent", "Handläggare hos remittenten"),
                            ("systemforvaltare", "Systemförvaltare"),
                        ],
                        max_length=20,
                        verbose_name="roll",
                    ),
                ),
            ],
            options={
                "verbose_name": "ändring: roll",
                "verbose_name_plural": "ändringar: roller",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="NamndChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "code",
                    models.SlugField(
                        db_index=False,
                        help_text="Små bokstäver utan å, ä och ö.",
                        verbose_name="kod",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="namn")),
                ("short_name", models.CharField(max_length=60, verbose_name="kort namn")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("kommunstyrelsen", "Kommunstyrelsen"),
                            ("stadsdelsnamnd", "Stadsdelsnämnd"),
                            ("facknamnd", "Facknämnd"),
                            ("bolag", "Bolag"),
                        ],
                        max_length=20,
                        verbose_name="slag",
                    ),
                ),
                (
                    "forvaltning",
                    models.CharField(blank=True, max_length=120, verbose_name="förvaltning"),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="finns från")),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="finns till och med"),
                ),
                ("note", models.CharField(blank=True, max_length=250, verbose_name="anmärkning")),
            ],
            options={
                "verbose_name": "ändring: nämnd",
                "verbose_name_plural": "ändringar: nämnder",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="NamndSuccessionChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("on", models.DateField(verbose_name="från och med")),
            ],
            options={
                "verbose_name": "ändring: efterträdare",
                "verbose_name_plural": "ändringar: efterträdare",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="UserChange",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="date joined"
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="namn")),
                ("title", models.CharField(blank=True, max_length=100, verbose_name="titel")),
                ("telephone", models.CharField(blank=True, max_length=30, verbose_name="telefon")),
            ],
            options={
                "verbose_name": "ändring: person",
                "verbose_name_plural": "ändringar: personer",
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisation_meetingchange" ("date", "id", "is_example", "namnd_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."date", new_values."id", new_values."is_example", new_values."namnd_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ebb8c0ac66d767b8875312e8104c861f890404c1",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_56cab",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="organisation_meeting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisation_meetingchange" ("date", "id", "is_example", "namnd_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."date", new_values."id", new_values."is_example", new_values."namnd_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e11a70c932fd7c1e5e26c50fdbdf0d20acacb26e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8fab5",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="organisation_meeting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisation_meetingchange" ("date", "id", "is_example", "namnd_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."date", old_values."id", old_values."is_example", old_values."namnd_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="8afcf1f875bf003e3abac80550b0b8ecb16c8b60",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_54c87",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="organisation_meeting",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="d67ee613e3053ee11141ee4925503aa3d4b72b0b",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_no_truncate_0772e",
                    table="organisation_meeting",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meeting",
            trigger=pgtrigger.compiler.Trigger(
                name="same_key",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")',
                    func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="6f209b67544f47664b9beb34ac452be4c2a7ddcd",
                    operation='UPDATE OF "id"',
                    pgid="pgtrigger_same_key_dddc4",
                    table="organisation_meeting",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisation_membershipchange" ("id", "namnd_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") SELECT new_values."id", new_values."namnd_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."role", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="bd573e7767f65dba3f7b1e724baf3944785ac80b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_01674",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="organisation_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisation_membershipchange" ("id", "namnd_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") SELECT new_values."id", new_values."namnd_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."role", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="25a096380bb02af17a0a010b990c017f5b00bf1e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5f00d",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="organisation_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisation_membershipchange" ("id", "namnd_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "user_id") SELECT old_values."id", old_values."namnd_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."role", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="523b5a5777daf8aeebeb1c935ce2873adaf92a86",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_31653",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="organisation_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="c6faabebc06c370573782f372029195ef90aba1d",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_no_truncate_73025",
                    table="organisation_membership",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="same_key",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")',
                    func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="3af5d4b3c7370001ebbd9ff3c512037695cc2d31",
                    operation='UPDATE OF "id"',
                    pgid="pgtrigger_same_key_4e039",
                    table="organisation_membership",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="namnd",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisation_namndchange" ("code", "forvaltning", "id", "kind", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "valid_from", "valid_to") SELECT new_values."code", new_values."forvaltning", new_values."id", new_values."kind", new_values."name", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."short_name", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="9b8af13c915a993b28aa128aa3ed2d386f564eed",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ed851",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="organisation_namnd",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="namnd",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisation_namndchange" ("code", "forvaltning", "id", "kind", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "valid_from", "valid_to") SELECT new_values."code", new_values."forvaltning", new_values."id", new_values."kind", new_values."name", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."short_name", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."code" IS DISTINCT FROM (new_values."code") OR old_values."forvaltning" IS DISTINCT FROM (new_values."forvaltning") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."short_name" IS DISTINCT FROM (new_values."short_name") OR old_values."valid_from" IS DISTINCT FROM (new_values."valid_from") OR old_values."valid_to" IS DISTINCT FROM (new_values."valid_to")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="5b5310e874ebc96dfac722922f45f35d3742d08f",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ccad2",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="organisation_namnd",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="namnd",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisation_namndchange" ("code", "forvaltning", "id", "kind", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name", "valid_from", "valid_to") SELECT old_values."code", old_values."forvaltning", old_values."id", old_values."kind", old_values."name", old_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."short_name", old_values."valid_from", old_values."valid_to" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="7a6431a565672064793fd556ab497c64521afdc2",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_71500",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="organisation_namnd",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="namnd",
            trigger=pgtrigger.compiler.Trigger(
                name="no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="8a68f016926e6dbbbc5f60ae40099018f4b63b0e",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_no_truncate_f17d4",
                    table="organisation_namnd",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="namnd",
            trigger=pgtrigger.compiler.Trigger(
                name="same_key",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")',
                    func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="269b6b297b640071a17b3986c8af23e5b6f77a91",
                    operation='UPDATE OF "id"',
                    pgid="pgtrigger_same_key_6c324",
                    table="organisation_namnd",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="namndsuccession",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisation_namndsuccessionchange" ("id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "successor_id") SELECT new_values."id", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."predecessor_id", new_values."successor_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="571877f2bb30335176ce3b0ef9072a56e8acc2dd",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4c118",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="organisation_namndsuccession",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="namndsuccession",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisation_namndsuccessionchange" ("id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "successor_id") SELECT new_values."id", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."predecessor_id", new_values."successor_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="679177d4cbe925f64034070973ed74f15341ceb6",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c1e31",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="organisation_namndsuccession",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="namndsuccession",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisation_namndsuccessionchange" ("id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "successor_id") SELECT old_values."id", old_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."predecessor_id", old_values."successor_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="999c4c761a1f9fd33523652732ba263c1be0952c",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5d3ba",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="organisation_namndsuccession",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="namndsuccession",
            trigger=pgtrigger.compiler.Trigger(
                name="no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="d50e7cb336f7c988b27272a9611af23e862e245c",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_no_truncate_c6da7",
                    table="organisation_namndsuccession",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="namndsuccession",
            trigger=pgtrigger.compiler.Trigger(
                name="same_key",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")',
                    func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="3d6972631ead96a96821a83721477afe5a794015",
                    operation='UPDATE OF "id"',
                    pgid="pgtrigger_same_key_00eb8",
                    table="organisation_namndsuccession",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisation_userchange" ("date_joined", "email", "id", "is_active", "is_staff", "is_superuser", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "telephone", "title", "username") SELECT new_values."date_joined", new_values."email", new_values."id", new_values."is_active", new_values."is_staff", new_values."is_superuser", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."telephone", new_values."title", new_values."username" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2e24953edd0b1fd6529f2b699b55f816ff5b9ba4",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8dce9",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="organisation_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisation_userchange" ("date_joined", "email", "id", "is_active", "is_staff", "is_superuser", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "telephone", "title", "username") SELECT new_values."date_joined", new_values."email", new_values."id", new_values."is_active", new_values."is_staff", new_values."is_superuser", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."telephone", new_values."title", new_values."username" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."date_joined" IS DISTINCT FROM (new_values."date_joined") OR old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_active" IS DISTINCT FROM (new_values."is_active") OR old_values."is_staff" IS DISTINCT FROM (new_values."is_staff") OR old_values."is_superuser" IS DISTINCT FROM (new_values."is_superuser") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."telephone" IS DISTINCT FROM (new_values."telephone") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."username" IS DISTINCT FROM (new_values."username")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="230cbda5c96c27ea38ebfec30523bf78e039b98d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d7eb0",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="organisation_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisation_userchange" ("date_joined", "email", "id", "is_active", "is_staff", "is_superuser", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "telephone", "title", "username") SELECT old_values."date_joined", old_values."email", old_values."id", old_values."is_active", old_values."is_staff", old_values."is_superuser", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."telephone", old_values."title", old_values."username" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="53b979382f91c081438f5f3f2e946d51b548a2c0",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b3007",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="organisation_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'table % carries work and is not emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="5a06fbbffdbe52e626327f9f06bcc3a01fbbed61",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_no_truncate_d30fc",
                    table="organisation_user",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="same_key",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."id" IS DISTINCT FROM NEW."id")',
                    func="RAISE EXCEPTION 'a row of % keeps its number', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="456234768f060f45978f40d0c0071220cbb9ae56",
                    operation='UPDATE OF "id"',
                    pgid="pgtrigger_same_key_3c71d",
                    table="organisation_user",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="meetingchange",
            name="namnd",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisation.namnd",
                verbose_name="nämnd",
            ),
        ),
        migrations.AddField(
            model_name="meetingchange",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisation.meeting",
            ),
        ),
        migrations.AddField(
            model_name="membershipchange",
            name="namnd",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisation.namnd",
                verbose_name="nämnd",
            ),
        ),
        migrations.AddField(
            model_name="membershipchange",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisation.membership",
            ),
        ),
        migrations.AddField(
            model_name="membershipchange",
            name="user",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="namndchange",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisation.namnd",
            ),
        ),
        migrations.AddField(
            model_name="namndsuccessionchange",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisation.namndsuccession",
            ),
        ),
        migrations.AddField(
            model_name="namndsuccessionchange",
            name="predecessor",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisation.namnd",
                verbose_name="föregångare",
            ),
        ),
        migrations.AddField(
            model_name="namndsuccessionchange",
            name="successor",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisation.namnd",
                verbose_name="efterträdare",
            ),
        ),
        migrations.AddField(
            model_name="userchange",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingchange",
            trigger=pgtrigger.compiler.Trigger(
                name="only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="51b2160044bccca66c4ee3b01e8f097958f103d3",
                    level="STATEMENT",
                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_only_grows_0d769",
                    table="organisation_meetingchange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meetingchange",
            trigger=pgtrigger.compiler.Trigger(
                name="chain",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE((SELECT s0."code" FROM "organisation_namnd" s0 WHERE s0."id" = e."namnd_id")::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;',
                    hash="23dba1da81371d5714e9579cd82eab83fc2c3205",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_chain_b8d41",
                    referencing="REFERENCING NEW TABLE AS added ",
                    table="organisation_meetingchange",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membershipchange",
            trigger=pgtrigger.compiler.Trigger(
                name="only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="37a6c04171d8d532e3410e6393a4d4a72f2f71fc",
                    level="STATEMENT",
                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_only_grows_556f7",
                    table="organisation_membershipchange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membershipchange",
            trigger=pgtrigger.compiler.Trigger(
                name="chain",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e."pgh_id"::bigint AS id, \'\' || COALESCE((SELECT s0."code" FROM "organisation_namnd" s0 WHERE s0."id" = e."namnd_id")::text, \'\') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;',
                    hash="7d4b8587ffd2f75ddf27f20ddba5410f0d295c9d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_chain_d58a5",
                    referencing="REFERENCING NEW TABLE AS added ",
                    table="organisation_membershipchange",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="namndchange",
            trigger=pgtrigger.compiler.Trigger(
                name="only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="ec56bfd76429788b1bfb3b0663022e3a565d63f9",
                    level="STATEMENT",
                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_only_grows_15f1a",
                    table="organisation_namndchange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="namndchange",
            trigger=pgtrigger.compiler.Trigger(
                name="chain",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e.\"pgh_id\"::bigint AS id, '' || COALESCE(e.\"code\"::text, '') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;",
                    hash="057d2a8a1c4aa850218d018ce495b4453bd9f346",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_chain_a73f3",
                    referencing="REFERENCING NEW TABLE AS added ",
                    table="organisation_namndchange",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="namndsuccessionchange",
            trigger=pgtrigger.compiler.Trigger(
                name="only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="cda6745e04e222a585a209b8596976ce47a54420",
                    level="STATEMENT",
                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_only_grows_05595",
                    table="organisation_namndsuccessionchange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="namndsuccessionchange",
            trigger=pgtrigger.compiler.Trigger(
                name="chain",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e.\"pgh_id\"::bigint AS id, '' || COALESCE(NULL::text, '') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;",
                    hash="c755c7535571080fac83142b0090fa8cef7fd199",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_chain_5a8cc",
                    referencing="REFERENCING NEW TABLE AS added ",
                    table="organisation_namndsuccessionchange",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="userchange",
            trigger=pgtrigger.compiler.Trigger(
                name="only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NULL; END IF; RAISE EXCEPTION 'rows of % are written by triggers and never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
                    hash="7b6c1f664861634d75fe6533cf2bbcdcea779ad6",
                    level="STATEMENT",
                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                    pgid="pgtrigger_only_grows_18739",
                    table="organisation_userchange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="userchange",
            trigger=pgtrigger.compiler.Trigger(
                name="chain",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM trace_append( TG_TABLE_NAME::text, array_agg(r.id ORDER BY r.id), array_agg(r.scope ORDER BY r.id), array_agg(r.content ORDER BY r.id) ) FROM ( SELECT e.\"pgh_id\"::bigint AS id, '' || COALESCE(NULL::text, '') AS scope, trace_content(e) AS content FROM added e ) r HAVING count(*) > 0; RETURN NULL;",
                    hash="249b511bc4f789728f54a34847dda6215c765bfd",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_chain_08ca4",
                    referencing="REFERENCING NEW TABLE AS added ",
                    table="organisation_userchange",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunPython(write_baseline("organisation"), migrations.RunPython.noop),
    ]
