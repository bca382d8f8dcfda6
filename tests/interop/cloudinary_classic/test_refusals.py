"""What holds for every operation."""

from client import REFUSED, connect

# What a call of the wrapped client passes beside the call's own arguments.
CREDENTIALS = {"account_id", "provisioning_api_key", "provisioning_api_secret"}


def test_every_operation_refuses_wrong_credentials(emulator, recorder):
    wrong = connect(emulator, secret="wrong")
    for name, call in sorted({(call.operation, call.endpoint): call for call in recorder.calls}.items()):
        keywords = {key: value for key, value in call.keywords.items() if key not in CREDENTIALS}
        emulator.clear()
        try:
            getattr(wrong, call.operation)(*call.arguments, **keywords)
            error = None
        except REFUSED as refused:
            error = refused
        assert error is not None and emulator.requests()[-1]["status"] == 401, name
        assert not emulator.requests()[-1]["applied"], name
