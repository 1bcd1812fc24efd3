from django.db import migrations


def confirmed_addresses_first(apps, schema_editor):
    """Where the first address was never confirmed and another one was, that one becomes the first."""
    EmailAddress = apps.get_model("account", "EmailAddress")
    User = apps.get_model("accounts", "User")
    first = EmailAddress.objects.filter(primary=True, verified=True).values("user")
    confirmed = EmailAddress.objects.filter(verified=True).exclude(user__in=first)
    for address in confirmed.order_by("user", "-pk"):  # the oldest is the last to be written
        EmailAddress.objects.filter(user=address.user_id).update(primary=False)
        EmailAddress.objects.filter(pk=address.pk).update(primary=True)
        if not User.objects.filter(email__iexact=address.email).exclude(pk=address.user_id):
            User.objects.filter(pk=address.user_id).update(email=address.email)


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("accounts", "0002_limits_and_sessions"),
    ]

    operations = [
        migrations.RunPython(confirmed_addresses_first, migrations.RunPython.noop),
    ]
