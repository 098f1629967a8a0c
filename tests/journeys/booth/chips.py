"""What staff read of chips, where they press D: what was checked, how it ended, what that means and what to do.

Written by hand: a change of words is noticed here.
"""

from tests.journeys.booth.counter import Check
from tests.journeys.booth.said import Said

UNKNOWN_FILES = Said(
    en=Check(
        "List of files in the chip",
        "unusual, no fault",
        "The chip lists files that no standard knows. Some states do that.",
        "",
    ),
    fr=Check(
        "Liste des fichiers de la puce",
        "inhabituel, sans défaut",
        "La liste de la puce contient des fichiers qu’aucune norme ne connaît. Certains États le font.",
        "",
    ),
    ar=Check(
        "قائمة ملفات الشريحة",
        "غير معتاد، وليس خللًا",
        "في قائمة الشريحة ملفات لا يعرفها أي معيار. بعض الدول تفعل ذلك.",
        "",
    ),
)
FOR_DEVICES_ALONE = Said(
    en=Check(
        "Way into the chip",
        "not checked",
        "This kind of card gives what is in its chip to authorised devices alone. That is usual.",
        "Check this by hand.",
    ),
    fr=Check(
        "Accès à la puce",
        "non vérifié",
        "Ce type de carte ne livre le contenu de sa puce qu’à des appareils habilités. C’est habituel.",
        "Vérifiez-le vous-même.",
    ),
    ar=Check(
        "الدخول إلى الشريحة",
        "لم يُفحص",
        "هذا النوع من البطاقات لا يعطي محتوى شريحته إلا لأجهزة مخوّلة. هذا أمر معتاد.",
        "افحص هذا بنفسك.",
    ),
)
NO_PROOF_2 = Said(
    en=Check(
        "Copy test of the chip (2)",
        "did not pass",
        "The chip could not prove that it is no copy.",
        "Compare the photo with the person, then ask a supervisor.",
    ),
    fr=Check(
        "Test de copie de la puce (2)",
        "non réussi",
        "La puce n’a pas pu prouver qu’elle n’est pas une copie.",
        "Comparez la photo avec la personne, puis demandez à un responsable.",
    ),
    ar=Check(
        "فحص نسخ الشريحة (2)",
        "لم ينجح",
        "لم تستطع الشريحة إثبات أنها ليست نسخة.",
        "قارن الصورة بالشخص، ثم اسأل المشرف.",
    ),
)
NO_PROOF_1 = Said(
    en=Check(
        "Copy test of the chip (1)",
        "did not pass",
        "The chip could not prove that it is no copy.",
        "Compare the photo with the person, then ask a supervisor.",
    ),
    fr=Check(
        "Test de copie de la puce (1)",
        "non réussi",
        "La puce n’a pas pu prouver qu’elle n’est pas une copie.",
        "Comparez la photo avec la personne, puis demandez à un responsable.",
    ),
    ar=Check(
        "فحص نسخ الشريحة (1)",
        "لم ينجح",
        "لم تستطع الشريحة إثبات أنها ليست نسخة.",
        "قارن الصورة بالشخص، ثم اسأل المشرف.",
    ),
)
CHANGED = Said(
    en=Check(
        "Content of the chip",
        "did not pass",
        "Something in the chip is not what was signed.",
        "Look at the document closely, then ask a supervisor.",
    ),
    fr=Check(
        "Contenu de la puce",
        "non réussi",
        "Quelque chose dans la puce n’est pas ce qui a été signé.",
        "Regardez le document de près, puis demandez à un responsable.",
    ),
    ar=Check("محتوى الشريحة", "لم ينجح", "في الشريحة ما ليس كما وُقِّع.", "انظر إلى الوثيقة عن قرب، ثم اسأل المشرف."),
)
FACE_CHANGED = Said(
    en=Check(
        "Content of the chip, Face in the chip",
        "did not pass",
        "Something in the chip is not what was signed.",
        "Look at the document closely, then ask a supervisor.",
    ),
    fr=Check(
        "Contenu de la puce, Visage dans la puce",
        "non réussi",
        "Quelque chose dans la puce n’est pas ce qui a été signé.",
        "Regardez le document de près, puis demandez à un responsable.",
    ),
    ar=Check(
        "محتوى الشريحة، صورة الوجه في الشريحة",
        "لم ينجح",
        "في الشريحة ما ليس كما وُقِّع.",
        "انظر إلى الوثيقة عن قرب، ثم اسأل المشرف.",
    ),
)
CUT = Said(
    en=Check(
        "Content of the chip, Face in the chip",
        "did not pass",
        "Something in the chip cannot be understood.",
        "Look at the document closely, then ask a supervisor.",
    ),
    fr=Check(
        "Contenu de la puce, Visage dans la puce",
        "non réussi",
        "Quelque chose dans la puce ne se comprend pas.",
        "Regardez le document de près, puis demandez à un responsable.",
    ),
    ar=Check(
        "محتوى الشريحة، صورة الوجه في الشريحة",
        "لم ينجح",
        "في الشريحة ما لا يُفهم.",
        "انظر إلى الوثيقة عن قرب، ثم اسأل المشرف.",
    ),
)
DOES_NOT_OPEN = Said(
    en=Check(
        "Way into the chip",
        "did not pass",
        "The chip could not be opened with what is printed.",
        "Compare the photo with the person, then ask a supervisor.",
    ),
    fr=Check(
        "Accès à la puce",
        "non réussi",
        "La puce n’a pas pu être ouverte avec ce qui est imprimé.",
        "Comparez la photo avec la personne, puis demandez à un responsable.",
    ),
    ar=Check("الدخول إلى الشريحة", "لم ينجح", "تعذر فتح الشريحة بما هو مطبوع.", "قارن الصورة بالشخص، ثم اسأل المشرف."),
)
BROKE_OFF = Said(
    en=Check(
        "Way into the chip",
        "did not pass",
        "The chip broke off while it was being read.",
        "Compare the photo with the person, then ask a supervisor.",
    ),
    fr=Check(
        "Accès à la puce",
        "non réussi",
        "La puce s’est interrompue pendant la lecture.",
        "Comparez la photo avec la personne, puis demandez à un responsable.",
    ),
    ar=Check("الدخول إلى الشريحة", "لم ينجح", "انقطعت الشريحة أثناء قراءتها.", "قارن الصورة بالشخص، ثم اسأل المشرف."),
)
TAKEN_AWAY = Said(
    en=Check(
        "Way into the chip",
        "not checked",
        "The document was taken away before it was read.",
        "Let it be read once more, or check it by hand.",
    ),
    fr=Check(
        "Accès à la puce",
        "non vérifié",
        "Le document a été retiré avant d’être lu.",
        "Faites-le lire encore une fois, ou vérifiez-le vous-même.",
    ),
    ar=Check("الدخول إلى الشريحة", "لم يُفحص", "رُفعت الوثيقة قبل قراءتها.", "لتُقرأ مرة أخرى، أو افحصها بنفسك."),
)
OTHER_WAY = Said(
    en=Check(
        "Way into the chip",
        "did not pass",
        "The chip was opened by another way than the one it should offer.",
        "Compare the photo with the person, then ask a supervisor.",
    ),
    fr=Check(
        "Accès à la puce",
        "non réussi",
        "La puce a été ouverte d’une autre façon que celle qu’elle devrait offrir.",
        "Comparez la photo avec la personne, puis demandez à un responsable.",
    ),
    ar=Check(
        "الدخول إلى الشريحة",
        "لم ينجح",
        "فُتحت الشريحة بطريقة غير التي ينبغي أن تعرضها.",
        "قارن الصورة بالشخص، ثم اسأل المشرف.",
    ),
)
NO_CHIP = Said(
    en=Check(
        "Way into the chip",
        "not checked",
        "The document has no chip, or none that answers.",
        "Compare the photo with the person.",
    ),
    fr=Check(
        "Accès à la puce",
        "non vérifié",
        "Le document n’a pas de puce, ou aucune qui réponde.",
        "Comparez la photo avec la personne.",
    ),
    ar=Check("الدخول إلى الشريحة", "لم يُفحص", "ليس للوثيقة شريحة، أو أنها لا ترد.", "قارن الصورة بالشخص."),
)
CHIP_UNREAD = Said(
    en=Check("Way into the chip", "not checked", "The chip was not read.", "Check the document by hand."),
    fr=Check("Accès à la puce", "non vérifié", "La puce n’a pas été lue.", "Vérifiez le document vous-même."),
    ar=Check("الدخول إلى الشريحة", "لم يُفحص", "لم تُقرأ الشريحة.", "افحص الوثيقة بنفسك."),
)
FACE_UNREAD = Said(
    en=Check(
        "Face in the chip",
        "not checked",
        "The kiosk does not read the face in the chip.",
        "Compare the printed photo with the person.",
    ),
    fr=Check(
        "Visage dans la puce",
        "non vérifié",
        "La borne ne lit pas le visage dans la puce.",
        "Comparez la photo imprimée avec la personne.",
    ),
    ar=Check(
        "صورة الوجه في الشريحة", "لم يُفحص", "لا يقرأ الكشك صورة الوجه في الشريحة.", "قارن الصورة المطبوعة بالشخص."
    ),
)
