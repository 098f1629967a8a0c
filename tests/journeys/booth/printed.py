"""What staff read of print and seals, where they press D: which check, how it ended, what it means and what to do.

Written by hand: a change of words is noticed here.
"""

from tests.journeys.booth.counter import Check
from tests.journeys.booth.said import Said

NO_APPLICATION = Said(
    en=Check(
        "Person the application is for",
        "not checked",
        "The visit names no application yet.",
        "Open or name it with A, where there is one.",
    ),
    fr=Check(
        "Personne que concerne la demande",
        "non vérifié",
        "Aucune demande n’est encore rattachée à la visite.",
        "Ouvrez-la ou rattachez-la avec A, s’il y en a une.",
    ),
    ar=Check("صاحب الطلب", "لم يُفحص", "لا تذكر الزيارة أي طلب بعد.", "افتحه أو أضفه بالمفتاح A إن وُجد."),
)
NO_SURNAME = Said(
    en=Check(
        "Printed lines",
        "unusual, no fault",
        "Only given names stand in the printed lines: some people have no surname.",
        "Read the name on the printed page.",
    ),
    fr=Check(
        "Lignes imprimées",
        "inhabituel, sans défaut",
        "Seuls des prénoms figurent dans les lignes imprimées : certaines personnes n’ont pas de nom de famille.",
        "Lisez le nom sur la page imprimée.",
    ),
    ar=Check(
        "الأسطر المطبوعة",
        "غير معتاد، وليس خللًا",
        "لا يوجد في الأسطر المطبوعة إلا أسماء شخصية: بعض الناس ليس لهم اسم عائلة.",
        "اقرأ الاسم في الصفحة المطبوعة.",
    ),
)
NAME_CUT = Said(
    en=Check(
        "Printed lines",
        "unusual, no fault",
        "The name is too long for the printed lines, and may be cut off.",
        "Read the name on the printed page.",
    ),
    fr=Check(
        "Lignes imprimées",
        "inhabituel, sans défaut",
        "Le nom est trop long pour les lignes imprimées ; il est peut-être coupé.",
        "Lisez le nom sur la page imprimée.",
    ),
    ar=Check(
        "الأسطر المطبوعة",
        "غير معتاد، وليس خللًا",
        "الاسم أطول من الأسطر المطبوعة، وقد يكون مقطوعًا.",
        "اقرأ الاسم في الصفحة المطبوعة.",
    ),
)
BIRTH_DATE = Said(
    en=Check(
        "Printed lines",
        "unusual, no fault",
        "The date of birth is unknown, or only a part of it is known.",
        "Read the date on the printed page.",
    ),
    fr=Check(
        "Lignes imprimées",
        "inhabituel, sans défaut",
        "La date de naissance est inconnue, ou connue en partie seulement.",
        "Lisez la date sur la page imprimée.",
    ),
    ar=Check(
        "الأسطر المطبوعة",
        "غير معتاد، وليس خللًا",
        "تاريخ الميلاد غير معروف، أو لا يُعرف إلا جزء منه.",
        "اقرأ التاريخ في الصفحة المطبوعة.",
    ),
)
LAST_DAY_UNUSUAL = Said(
    en=Check(
        "Printed lines",
        "unusual, no fault",
        "The last day is written in an unusual way, or there is none.",
        "Read the date on the printed page.",
    ),
    fr=Check(
        "Lignes imprimées",
        "inhabituel, sans défaut",
        "La fin de validité est écrite de façon inhabituelle, ou elle manque.",
        "Lisez la date sur la page imprimée.",
    ),
    ar=Check(
        "الأسطر المطبوعة",
        "غير معتاد، وليس خللًا",
        "آخر يوم مكتوب بطريقة غير معتادة، أو لا يوجد.",
        "اقرأ التاريخ في الصفحة المطبوعة.",
    ),
)
PRINT_DIFFERS = Said(
    en=Check(
        "Print and chip agree",
        "did not pass",
        "What is printed is not what the chip says.",
        "Compare the printed page with the person, then ask a supervisor.",
    ),
    fr=Check(
        "Accord entre l’imprimé et la puce",
        "non réussi",
        "Ce qui est imprimé n’est pas ce que dit la puce.",
        "Comparez la page imprimée avec la personne, puis demandez à un responsable.",
    ),
    ar=Check(
        "تطابق المطبوع والشريحة",
        "لم ينجح",
        "المطبوع يخالف ما في الشريحة.",
        "قارن الصفحة المطبوعة بالشخص، ثم اسأل المشرف.",
    ),
)
LAST_DAY_OVER = Said(
    en=Check(
        "Last day of the document",
        "did not pass",
        "The last day of the document is over.",
        "See whether the service takes expired documents.",
    ),
    fr=Check(
        "Fin de validité du document",
        "non réussi",
        "La date de validité du document est dépassée.",
        "Voyez si le service accepte des documents expirés.",
    ),
    ar=Check(
        "آخر يوم لصلاحية الوثيقة", "لم ينجح", "انقضى آخر يوم لصلاحية الوثيقة.", "تحقق هل تقبل الخدمة وثائق منتهية."
    ),
)
DIGITS = Said(
    en=Check(
        "Printed lines",
        "unusual, no fault",
        "Digits stand for letters in the printed name, as in Russian internal passports.",
        "Read the name on the printed page.",
    ),
    fr=Check(
        "Lignes imprimées",
        "inhabituel, sans défaut",
        "Des chiffres remplacent des lettres dans le nom imprimé, comme dans les passeports intérieurs russes.",
        "Lisez le nom sur la page imprimée.",
    ),
    ar=Check(
        "الأسطر المطبوعة",
        "غير معتاد، وليس خللًا",
        "في الاسم المطبوع أرقام مكان حروف، كما في جوازات السفر الداخلية الروسية.",
        "اقرأ الاسم في الصفحة المطبوعة.",
    ),
)
PRINT_UNREAD = Said(
    en=Check(
        "Print and seal agree",
        "not checked",
        "The printed lines were not read.",
        "Compare the printed page with the person.",
    ),
    fr=Check(
        "L’imprimé et le sceau concordent",
        "non vérifié",
        "Les lignes imprimées n’ont pas été lues.",
        "Comparez la page imprimée avec la personne.",
    ),
    ar=Check("تطابق المطبوع والختم", "لم يُفحص", "لم تُقرأ الأسطر المطبوعة.", "قارن الصفحة المطبوعة بالشخص."),
)
SEAL_CHANGED = Said(
    en=Check(
        "Signature in the seal",
        "did not pass",
        "The signature does not fit what is in the seal.",
        "Look at the document closely, then ask a supervisor.",
    ),
    fr=Check(
        "Signature dans le sceau",
        "non réussi",
        "La signature ne correspond pas à ce qui est dans le sceau.",
        "Regardez le document de près, puis demandez à un responsable.",
    ),
    ar=Check(
        "التوقيع في الختم", "لم ينجح", "التوقيع لا يوافق ما في الختم.", "انظر إلى الوثيقة عن قرب، ثم اسأل المشرف."
    ),
)
SEAL_CONTENT = Said(
    en=Check(
        "Content of the seal",
        "not checked",
        "The signature does not fit what is in the seal.",
        "Look at the document closely, then ask a supervisor.",
    ),
    fr=Check(
        "Contenu du sceau",
        "non vérifié",
        "La signature ne correspond pas à ce qui est dans le sceau.",
        "Regardez le document de près, puis demandez à un responsable.",
    ),
    ar=Check("محتوى الختم", "لم يُفحص", "التوقيع لا يوافق ما في الختم.", "انظر إلى الوثيقة عن قرب، ثم اسأل المشرف."),
)
SIGNER_UNKNOWN = Said(
    en=Check(
        (
            "Signature in the seal, Content of the seal, Authority behind the signature, Dates of the "
            "signature, Search for signatures taken back, State that signed it"
        ),
        "not checked",
        "Who signed it is not known here.",
        "Check this by hand.",
    ),
    fr=Check(
        (
            "Signature dans le sceau, Contenu du sceau, Autorité garante de la signature, Dates de la "
            "signature, Recherche de signatures retirées, État qui l’a signée"
        ),
        "non vérifié",
        "Le signataire n’est pas connu ici.",
        "Vérifiez-le vous-même.",
    ),
    ar=Check(
        (
            "التوقيع في الختم، محتوى الختم، السلطة التي خلف التوقيع، تواريخ التوقيع، البحث عن توقيعات "
            "مسحوبة، الدولة الموقِّعة"
        ),
        "لم يُفحص",
        "الموقِّع غير معروف هنا.",
        "افحص هذا بنفسك.",
    ),
)
CHARACTER = Said(
    en=Check(
        "Printed lines",
        "not checked",
        "A character in the printed lines was taken for another one.",
        "Compare the number with the document, and put it right.",
    ),
    fr=Check(
        "Lignes imprimées",
        "non vérifié",
        "Un caractère des lignes imprimées a été pris pour un autre.",
        "Comparez le numéro avec le document, et corrigez-le.",
    ),
    ar=Check("الأسطر المطبوعة", "لم يُفحص", "قُرئ رمز في الأسطر المطبوعة على أنه رمز آخر.", "قارن الرقم بالوثيقة وصحّحه."),
)
PAGE = Said(
    en=Check(
        "Printed lines",
        "not checked",
        "A page lay on the reader and could not be read. It may be torn or worn.",
        "Check this by hand.",
    ),
    fr=Check(
        "Lignes imprimées",
        "non vérifié",
        "Une page a été posée sur le lecteur et n’a pas pu être lue. Elle est peut-être déchirée ou usée.",
        "Vérifiez-le vous-même.",
    ),
    ar=Check(
        "الأسطر المطبوعة",
        "لم يُفحص",
        "وُضعت صفحة على القارئ وتعذرت قراءتها. قد تكون ممزقة أو بالية.",
        "افحص هذا بنفسك.",
    ),
)
