"""What staff read beside the picture, and what they do with it, written by hand: a change of words is noticed here."""

from tests.journeys.booth.counter import Line
from tests.journeys.booth.said import Said

SIGNED = Said(
    en=Line("The picture is as the state signed it.", "Compare this picture and the printed one with the person."),
    fr=Line("La photo est telle que l’État l’a signée.", "Comparez cette photo et la photo imprimée avec la personne."),
    ar=Line("الصورة كما وقّعتها الدولة.", "قارن هذه الصورة والصورة المطبوعة بالشخص."),
)
SIGNER_UNKNOWN = Said(
    en=Line("Nobody here knows who signed this picture.", "Compare this picture and the printed one with the person."),
    fr=Line(
        "Personne ici ne sait qui a signé cette photo.", "Comparez cette photo et la photo imprimée avec la personne."
    ),
    ar=Line("لا يُعرف هنا من وقّع هذه الصورة.", "قارن هذه الصورة والصورة المطبوعة بالشخص."),
)
NOT_ALL_CHECKED = Said(
    en=Line(
        "The picture is as it was signed. Not all of the document could be checked.",
        "Compare this picture and the printed one with the person.",
    ),
    fr=Line(
        "La photo est telle qu’elle a été signée. Une partie du document n’a pas pu être vérifiée.",
        "Comparez cette photo et la photo imprimée avec la personne.",
    ),
    ar=Line("الصورة كما وُقِّعت. لم يمكن فحص الوثيقة كلها.", "قارن هذه الصورة والصورة المطبوعة بالشخص."),
)
NOT_SHOWN = Said(
    en=Line(
        "The picture in the chip is not shown, since a check of the document did not pass.",
        "Compare the printed photo with the person.",
    ),
    fr=Line(
        "La photo dans la puce n’est pas affichée, car un contrôle du document n’a pas abouti.",
        "Comparez la photo imprimée avec la personne.",
    ),
    ar=Line("لا تُعرض الصورة الموجودة في الشريحة، لأن أحد فحوص الوثيقة لم ينجح.", "قارن الصورة المطبوعة بالشخص."),
)
CHANGED = Said(
    en=Line(
        "The picture in the chip is not what was signed. It is not shown.",
        "Look at the document closely, then ask a supervisor.",
    ),
    fr=Line(
        "La photo dans la puce n’est pas celle qui a été signée. Elle n’est pas affichée.",
        "Regardez le document de près, puis demandez à un responsable.",
    ),
    ar=Line("الصورة في الشريحة ليست التي وُقِّعت. لا تُعرض.", "انظر إلى الوثيقة عن قرب، ثم اسأل المشرف."),
)
NOT_READ = Said(
    en=Line("Face not read.", "Compare the printed photo with the person."),
    fr=Line("Visage non lu.", "Comparez la photo imprimée avec la personne."),
    ar=Line("لم تُقرأ صورة الوجه.", "قارن الصورة المطبوعة بالشخص."),
)
EXPIRED = Said(
    en=Line(
        "The picture is as it was signed. The document has expired.",
        "Compare this picture and the printed one with the person.",
    ),
    fr=Line(
        "La photo est telle qu’elle a été signée. Le document a expiré.",
        "Comparez cette photo et la photo imprimée avec la personne.",
    ),
    ar=Line("الصورة كما وُقِّعت. انتهت صلاحية الوثيقة.", "قارن هذه الصورة والصورة المطبوعة بالشخص."),
)
