"""Forms of people who stand here: opened and saved at the server, and nowhere else.

Nothing of an answer is held here once it is sent. What is tried once more because no answer came has the same key, so
that it is never saved twice: of it a digest is held, by a key that nobody else has, until the person leaves.
"""

import hashlib
import secrets
from collections.abc import Coroutine
from http import HTTPStatus
from typing import Final

import msgspec
import structlog

from kiosk.journey.events import Effect, FormOpened, FormStored, OpenForm, SaveForm
from kiosk.ports import EventSink
from queue_server.contract.client import ApiClient, ClientError, ProblemError
from queue_server.contract.forms import ChangeFormRequest, OpenFormRequest, SaveFormRequest
from queue_server.domain.values import new_id

_log = structlog.get_logger(__name__)

_SLOWED: Final = "too-many-tries"
_NOT_OPENED: Final = "form-not-opened"
_ANSWERS: Final = "form-answers"
#: The form is another one than the kiosk knows, or what was saved is wiped.
_GONE: Final = frozenset({"form-unknown", "form-consent-missing", "form-consent-unknown", _NOT_OPENED})


class FormUplink:
    """For one kiosk of a centre, and one person at a time."""

    def __init__(self, client: ApiClient, centre: str, events: EventSink) -> None:
        self._client = client
        self._centre = centre
        self._events = events
        self._digests = secrets.token_bytes(16)
        #: What was sent last, as a digest, and its key.
        self._sent = (b"", "")

    def work(self, effect: Effect) -> Coroutine[None, None, None] | None:
        """Give what asks the server; None where something else is asked."""
        match effect:
            case OpenForm():
                return self._open(effect)
            case SaveForm():
                return self._save(effect)
        return None

    def clear(self) -> None:
        """Forget the person."""
        self._digests, self._sent = secrets.token_bytes(16), (b"", "")

    async def _open(self, asked: OpenForm) -> None:
        self._events.post(await self._opened(asked))

    async def _opened(self, asked: OpenForm) -> FormOpened:
        number, look = asked.number, asked.look
        request = OpenFormRequest(code=asked.code, pin=asked.pin, visit=asked.visit or None)
        try:
            answer = await self._client.open_form(self._centre, request, new_id())
        except ProblemError as problem:
            if problem.code == _NOT_OPENED:
                return FormOpened(number, look, "not-opened")
            if problem.code == _SLOWED:
                return FormOpened(number, look, "slowed", wait_s=_wait(problem))
            _log.warning("form-not-opened", code=problem.code)
            return FormOpened(number, look, "away")
        except ClientError:
            return FormOpened(number, look, "away")
        return FormOpened(number, look, "opened", answer.form, answer.answers, answer.consents)

    async def _save(self, asked: SaveForm) -> None:
        self._events.post(await self._saved(asked))

    async def _saved(self, asked: SaveForm) -> FormStored:
        number, look = asked.number, asked.look
        try:
            code, until = await (self._change(asked) if asked.code else self._create(asked))
        except ProblemError as problem:
            if problem.code == _ANSWERS:
                field = problem.problem.placeholders.get("field", "")
                return FormStored(number, look, "answers", field=str(field))
            if problem.code == _SLOWED:
                return FormStored(number, look, "slowed", wait_s=_wait(problem))
            _log.warning("form-not-saved", code=problem.code)
            if problem.code in _GONE:
                return FormStored(number, look, "gone")
            is_away = problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR
            return FormStored(number, look, "away" if is_away else "refused")
        except ClientError:
            return FormStored(number, look, "away")
        return FormStored(number, look, "saved", code, until)

    async def _create(self, asked: SaveForm) -> tuple[str, str]:
        request = SaveFormRequest(
            form=asked.form,
            answers=dict(asked.answers),
            consents=asked.consents,
            language=asked.language,
            pin=asked.pin or None,
            visit=asked.visit or None,
        )
        answer = await self._client.save_form(self._centre, request, self._key(request))
        return answer.code or "", f"{answer.until:%Y-%m-%d}"

    async def _change(self, asked: SaveForm) -> tuple[str, str]:
        request = ChangeFormRequest(
            code=asked.code, pin=asked.pin, answers=dict(asked.answers), consents=asked.consents
        )
        answer = await self._client.change_form(self._centre, request, self._key(request))
        return asked.code, f"{answer.until:%Y-%m-%d}"

    def _key(self, request: SaveFormRequest | ChangeFormRequest) -> str:
        """Give the key of a request: that of before where the very same was sent before."""
        digest = hashlib.blake2b(msgspec.json.encode(request), key=self._digests, digest_size=16).digest()
        if self._sent[0] != digest:
            self._sent = (digest, new_id())
        return self._sent[1]


def _wait(problem: ProblemError) -> int:
    return int(problem.problem.placeholders.get("retry_after_s", 0))
