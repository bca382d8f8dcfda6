"""What holds for every operation."""

from functools import reduce

from client import REFUSED, connect


def test_every_operation_refuses_wrong_credentials(emulator, recorder):
    wrong = connect(emulator, secret="wrong")
    for operation, call in sorted({call.operation: call for call in recorder.calls}.items()):
        emulator.clear()
        try:
            reduce(getattr, operation.split("."), wrong)(*call.arguments, **call.keywords)
            error = None
        except REFUSED as refused:
            error = refused
        request = emulator.requests()[-1]
        assert error is not None and error.status_code == 401 == request["status"], operation
        assert error.errors[0].message and not request["applied"], operation
