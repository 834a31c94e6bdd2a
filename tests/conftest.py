"""What holds for every test: no display, no language and no home of this machine; a warning in the log is a failure."""

import logging
import os
from collections.abc import Iterator

# Before anything imports Qt.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
for name in ("QT_SCALE_FACTOR", "QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME", "LANGUAGE"):
    os.environ.pop(name, None)
os.environ["LC_ALL"] = os.environ["LANG"] = "C.UTF-8"

import pytest  # noqa: E402 - the lines above come first
from hypothesis import HealthCheck, settings  # noqa: E402

# Time limits measure the machine, not the code. A few examples of each property at every run; JIXIAO_PROFILE=thorough
# asks for many.
settings.register_profile("local", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=25)
settings.register_profile("ci", parent=settings.get_profile("local"), derandomize=True, database=None)
settings.register_profile("thorough", parent=settings.get_profile("local"), max_examples=400)
settings.load_profile(os.environ.get("JIXIAO_PROFILE") or ("ci" if os.environ.get("CI") else "local"))


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the user's own data folder out of reach."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(folder))
        yield


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that logs at WARNING or above, unless it is marked ``expected_logs``."""
    yield
    if request.node.get_closest_marker("expected_logs"):
        return
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    unexpected = [record.getMessage() for record in records if record.levelno >= logging.WARNING]
    if unexpected:
        pytest.fail(f"unexpected log: {unexpected}")
