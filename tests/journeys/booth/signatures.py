"""What staff read of signatures, where they press D: what was checked, how it ended, what that means and what to do.

Written by hand: a change of words is noticed here.
"""

from tests.journeys.booth.counter import Check
from tests.journeys.booth.said import Said

AUTHORITY_UNKNOWN = Said(
    en=Check(
        (
            "Authority behind the signature, Dates of the signature, Search for signatures taken back, "
            "State that signed it"
        ),
        "not checked",
        "The authority that stands behind it is not known here.",
        "Check the document by hand. Tell a technician: the lists of this centre may need an update.",
    ),
    fr=Check(
        (
            "Autorité garante de la signature, Dates de la signature, Recherche de signatures retirées, "
            "État qui l’a signée"
        ),
        "non vérifié",
        "L’autorité qui s’en porte garante n’est pas connue ici.",
        (
            "Vérifiez le document vous-même. Prévenez un technicien : les listes de ce centre sont "
            "peut-être à mettre à jour."
        ),
    ),
    ar=Check(
        "السلطة التي خلف التوقيع، تواريخ التوقيع، البحث عن توقيعات مسحوبة، الدولة الموقِّعة",
        "لم يُفحص",
        "السلطة التي خلفه غير معروفة هنا.",
        "افحص الوثيقة بنفسك. أخبر فنيًا: قد تحتاج قوائم هذا المركز إلى تحديث.",
    ),
)
AUTHORITY_OTHER_KEY = Said(
    en=Check(
        "Authority behind the signature",
        "not checked",
        "The authority is known here, but not by this key. It may be a new one.",
        "Check the document by hand. Tell a technician: the lists of this centre may need an update.",
    ),
    fr=Check(
        "Autorité garante de la signature",
        "non vérifié",
        "L’autorité est connue ici, mais pas par cette clé. C’est peut-être une nouvelle.",
        (
            "Vérifiez le document vous-même. Prévenez un technicien : les listes de ce centre sont "
            "peut-être à mettre à jour."
        ),
    ),
    ar=Check(
        "السلطة التي خلف التوقيع",
        "لم يُفحص",
        "السلطة معروفة هنا، لكن ليس بهذا المفتاح. قد يكون جديدًا.",
        "افحص الوثيقة بنفسك. أخبر فنيًا: قد تحتاج قوائم هذا المركز إلى تحديث.",
    ),
)
AUTHORITY_UNKNOWN_TOO = Said(
    en=Check(
        "Dates of the signature, Search for signatures taken back, State that signed it",
        "not checked",
        "The authority that stands behind it is not known here.",
        "Check the document by hand. Tell a technician: the lists of this centre may need an update.",
    ),
    fr=Check(
        "Dates de la signature, Recherche de signatures retirées, État qui l’a signée",
        "non vérifié",
        "L’autorité qui s’en porte garante n’est pas connue ici.",
        (
            "Vérifiez le document vous-même. Prévenez un technicien : les listes de ce centre sont "
            "peut-être à mettre à jour."
        ),
    ),
    ar=Check(
        "تواريخ التوقيع، البحث عن توقيعات مسحوبة، الدولة الموقِّعة",
        "لم يُفحص",
        "السلطة التي خلفه غير معروفة هنا.",
        "افحص الوثيقة بنفسك. أخبر فنيًا: قد تحتاج قوائم هذا المركز إلى تحديث.",
    ),
)
TAKEN_BACK = Said(
    en=Check(
        "Search for signatures taken back",
        "did not pass",
        "The state has taken the signature back.",
        "Look at the document closely, then ask a supervisor.",
    ),
    fr=Check(
        "Recherche de signatures retirées",
        "non réussi",
        "L’État a retiré la signature.",
        "Regardez le document de près, puis demandez à un responsable.",
    ),
    ar=Check("البحث عن توقيعات مسحوبة", "لم ينجح", "سحبت الدولة التوقيع.", "انظر إلى الوثيقة عن قرب، ثم اسأل المشرف."),
)
NO_LIST = Said(
    en=Check(
        "Search for signatures taken back",
        "not checked",
        "There is no list here of what this authority has taken back.",
        "Check the document by hand. Tell a technician: the lists of this centre may need an update.",
    ),
    fr=Check(
        "Recherche de signatures retirées",
        "non vérifié",
        "Il n’y a pas ici de liste de ce que cette autorité a retiré.",
        (
            "Vérifiez le document vous-même. Prévenez un technicien : les listes de ce centre sont "
            "peut-être à mettre à jour."
        ),
    ),
    ar=Check(
        "البحث عن توقيعات مسحوبة",
        "لم يُفحص",
        "لا توجد هنا قائمة بما سحبته هذه السلطة.",
        "افحص الوثيقة بنفسك. أخبر فنيًا: قد تحتاج قوائم هذا المركز إلى تحديث.",
    ),
)
NO_SIGNATURE = Said(
    en=Check(
        "Signature in the chip",
        "did not pass",
        "There is no signature in the chip where it should be.",
        "Look at the document closely, then ask a supervisor.",
    ),
    fr=Check(
        "Signature dans la puce",
        "non réussi",
        "La signature attendue n’est pas dans la puce.",
        "Regardez le document de près, puis demandez à un responsable.",
    ),
    ar=Check(
        "التوقيع في الشريحة",
        "لم ينجح",
        "لا يوجد في الشريحة التوقيع الذي ينبغي أن يكون فيها.",
        "انظر إلى الوثيقة عن قرب، ثم اسأل المشرف.",
    ),
)
NO_SIGNATURE_FOR_THE_REST = Said(
    en=Check(
        (
            "Authority behind the signature, Dates of the signature, Search for signatures taken back, "
            "State that signed it, Content of the chip, Face in the chip, List of files in the chip"
        ),
        "not checked",
        "There is no signature in the chip where it should be.",
        "Look at the document closely, then ask a supervisor.",
    ),
    fr=Check(
        (
            "Autorité garante de la signature, Dates de la signature, Recherche de signatures retirées, "
            "État qui l’a signée, Contenu de la puce, Visage dans la puce, Liste des fichiers de la puce"
        ),
        "non vérifié",
        "La signature attendue n’est pas dans la puce.",
        "Regardez le document de près, puis demandez à un responsable.",
    ),
    ar=Check(
        (
            "السلطة التي خلف التوقيع، تواريخ التوقيع، البحث عن توقيعات مسحوبة، الدولة الموقِّعة، محتوى "
            "الشريحة، صورة الوجه في الشريحة، قائمة ملفات الشريحة"
        ),
        "لم يُفحص",
        "لا يوجد في الشريحة التوقيع الذي ينبغي أن يكون فيها.",
        "انظر إلى الوثيقة عن قرب، ثم اسأل المشرف.",
    ),
)
SIGNATURE_UNREAD_FOR_PROOFS = Said(
    en=Check(
        "Copy test of the chip (1), Copy test of the chip (2)",
        "not checked",
        "The signature in the chip could not be read.",
        "Check this by hand.",
    ),
    fr=Check(
        "Test de copie de la puce (1), Test de copie de la puce (2)",
        "non vérifié",
        "La signature dans la puce n’a pas pu être lue.",
        "Vérifiez-le vous-même.",
    ),
    ar=Check(
        "فحص نسخ الشريحة (1)، فحص نسخ الشريحة (2)", "لم يُفحص", "تعذرت قراءة التوقيع في الشريحة.", "افحص هذا بنفسك."
    ),
)
SIGNATURE_UNREAD = Said(
    en=Check(
        (
            "Signature in the chip, Authority behind the signature, Dates of the signature, Search for "
            "signatures taken back, State that signed it, Content of the chip, Face in the chip, List of "
            "files in the chip, Copy test of the chip (1), Copy test of the chip (2)"
        ),
        "not checked",
        "The signature in the chip could not be read.",
        "Check this by hand.",
    ),
    fr=Check(
        (
            "Signature dans la puce, Autorité garante de la signature, Dates de la signature, Recherche "
            "de signatures retirées, État qui l’a signée, Contenu de la puce, Visage dans la puce, Liste "
            "des fichiers de la puce, Test de copie de la puce (1), Test de copie de la puce (2)"
        ),
        "non vérifié",
        "La signature dans la puce n’a pas pu être lue.",
        "Vérifiez-le vous-même.",
    ),
    ar=Check(
        (
            "التوقيع في الشريحة، السلطة التي خلف التوقيع، تواريخ التوقيع، البحث عن توقيعات مسحوبة، الدولة "
            "الموقِّعة، محتوى الشريحة، صورة الوجه في الشريحة، قائمة ملفات الشريحة، فحص نسخ الشريحة (1)، "
            "فحص نسخ الشريحة (2)"
        ),
        "لم يُفحص",
        "تعذرت قراءة التوقيع في الشريحة.",
        "افحص هذا بنفسك.",
    ),
)
