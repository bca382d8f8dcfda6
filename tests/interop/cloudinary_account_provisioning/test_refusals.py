"""What holds for every operation."""

from client import REFUSED, connect

# These need no credentials.
PUBLIC = {"getSystemRolesAndPoliciesCatalog", "getCedarSchema", "validateCedarPolicy"}


def test_every_operation_refuses_wrong_credentials(emulator, recorder):
    wrong = connect(emulator, secret="wrong")
    for operation, call in sorted({call.operation: call for call in recorder.calls}.items()):
        group, method = operation.split(".")
        emulator.clear()
        try:
            getattr(getattr(wrong, group), method)(*call.arguments, **call.keywords)
            error = None
        except REFUSED as refused:
            error = refused
        request = emulator.requests()[-1]
        if request["operation"] in PUBLIC:
            continue
        assert error is not None and error.status_code == 401 == request["status"], operation
        assert not request["applied"] and not request["authenticated"], operation
