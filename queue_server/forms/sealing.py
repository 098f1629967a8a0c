"""Answers in the vault: each time anew under another id, so that what was answered before is gone. On a Connection."""

from collections.abc import Mapping

import msgspec
from sqlalchemy import Connection

from queue_server.domain.forms import FormAnswer, FormAnswersId
from queue_server.domain.values import Actor, Micros
from queue_server.forms.codes import FormCodes
from queue_server.forms.errors import FormNotOpenedError
from queue_server.forms.model import FilledForm
from queue_server.vault.errors import PersonShreddedError, RowUnknownError
from queue_server.vault.model import ReadPurpose, RowKind
from queue_server.vault.store import NewRow, Vault


class AnswerVault(msgspec.Struct, frozen=True):
    """Stores and reads answers for whoever asks (``actor``)."""

    vault: Vault
    actor: Actor
    now: Micros

    def put(self, connection: Connection, filled: FilledForm, answers: Mapping[str, FormAnswer]) -> None:
        """Store what was answered under the id that ``filled`` names, until its end."""
        if filled.answers is None:
            return
        text = msgspec.json.encode(dict(answers)).decode()
        row = NewRow(
            filled.answers,
            RowKind.FORM_ANSWERS,
            filled.centre,
            text,
            self.now,
            self.actor,
            filled.ends_at,
            visit=filled.visit,
        )
        self.vault.put(connection, row)

    def get(self, connection: Connection, filled: FilledForm) -> dict[str, FormAnswer]:
        """Read what was answered; who looked is recorded.

        Raises:
            FormNotOpenedError: it is wiped.
        """
        try:
            row = filled.answers or ""
            opened = self.vault.get(connection, row, purpose=ReadPurpose.APPLYING, actor=self.actor, now=self.now)
        except (RowUnknownError, PersonShreddedError) as error:
            raise FormNotOpenedError from error
        return msgspec.json.decode(opened.text, type=dict[str, FormAnswer])

    def change(
        self,
        connection: Connection,
        before: FilledForm,
        after: FilledForm,
        answers: Mapping[str, FormAnswer],
    ) -> None:
        """Bring the vault and the code to where a form now is; what was there before is shredded."""
        if before.answers is not None and before.answers != after.answers:
            self.end(connection, before.answers)
            self.put(connection, after, answers)
        if after.answers is None:
            FormCodes.drop(connection, after.id)
        else:
            FormCodes.prolong(connection, after.id, after.ends_at)

    def end(self, connection: Connection, row: FormAnswersId) -> None:
        self.vault.end_row(connection, row, actor=self.actor, now=self.now)
