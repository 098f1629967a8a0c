"""What staff read at the counter in one line, and what they do, written by hand: a change of words is noticed here."""

from tests.journeys.booth.counter import Line
from tests.journeys.booth.said import Said

WELL = Said(
    en=Line("Document read: signed, unchanged, no copy", "Compare the photo with the person."),
    fr=Line("Document lu : signé, inchangé, non copié", "Comparez la photo avec la personne."),
    ar=Line("قُرئت الوثيقة: موقّعة، بلا تغيير، ليست نسخة", "قارن الصورة بالشخص."),
)
UNCHANGED = Said(
    en=Line(
        "Document read: unchanged as it was signed",
        "Its chip has nothing to prove that it is no copy. Compare the photo with the person.",
    ),
    fr=Line(
        "Document lu : inchangé depuis sa signature",
        "Sa puce n’a rien pour prouver qu’elle n’est pas une copie. Comparez la photo avec la personne.",
    ),
    ar=Line("قُرئت الوثيقة: لم تتغير منذ توقيعها", "ليس في شريحتها ما يثبت أنها ليست نسخة. قارن الصورة بالشخص."),
)
RESERVED = Said(
    en=Line(
        "Document: its chip is for authorised devices alone",
        "That is usual for German identity cards and residence permits. Check the document by hand.",
    ),
    fr=Line(
        "Document : sa puce est réservée aux appareils habilités",
        "C’est habituel pour les cartes d’identité et titres de séjour allemands. Vérifiez le document vous-même.",
    ),
    ar=Line(
        "الوثيقة: شريحتها للأجهزة المخوّلة فقط",
        "هذا معتاد في بطاقات الهوية وتصاريح الإقامة الألمانية. افحص الوثيقة بنفسك.",
    ),
)
ISSUER_UNKNOWN = Said(
    en=Line("Document read: nobody here knows its issuer", "Check the document by hand."),
    fr=Line("Document lu : émetteur inconnu ici", "Vérifiez le document vous-même."),
    ar=Line("قُرئت الوثيقة: جهة إصدارها غير معروفة هنا", "افحص الوثيقة بنفسك."),
)
UNPROVED = Said(
    en=Line("Document read: not all could be checked", "Check the document by hand."),
    fr=Line("Document lu : tout n’a pas pu être vérifié", "Vérifiez le document vous-même."),
    ar=Line("قُرئت الوثيقة: لم يمكن فحص كل شيء", "افحص الوثيقة بنفسك."),
)
LOOK = Said(
    en=Line(
        "Document: look at it closely",
        "A check did not pass. A mistake of the issuer looks like this too. Read below what it was.",
    ),
    fr=Line(
        "Document : à regarder de près",
        "Un contrôle n’a pas abouti. Une erreur de l’émetteur se présente de la même façon. Lisez ci-dessous lequel.",
    ),
    ar=Line(
        "الوثيقة: انظر إليها عن قرب", "لم ينجح أحد الفحوص. قد يكون السبب خطأ من جهة الإصدار. اقرأ أدناه أي فحص هو."
    ),
)
UNREVOKED = Said(
    en=Line(
        "Document read: signed, unchanged, no copy, signatures taken back: not checked",
        "Check the document by hand. Tell a technician: the lists of this centre may need an update.",
    ),
    fr=Line(
        "Document lu : signé, inchangé, non copié, signatures retirées : non vérifié",
        (
            "Vérifiez le document vous-même. Prévenez un technicien : les listes de ce centre sont "
            "peut-être à mettre à jour."
        ),
    ),
    ar=Line(
        "قُرئت الوثيقة: موقّعة، بلا تغيير، ليست نسخة، التواقيع المسحوبة: لم تُفحص",
        "افحص الوثيقة بنفسك. أخبر فنيًا: قد تحتاج قوائم هذا المركز إلى تحديث.",
    ),
)
EXPIRED = Said(
    en=Line("Document read: it has expired", "See whether the service takes expired documents."),
    fr=Line("Document lu : il a expiré", "Voyez si le service accepte des documents expirés."),
    ar=Line("قُرئت الوثيقة: انتهت صلاحيتها", "تحقق هل تقبل الخدمة وثائق منتهية."),
)
PRINTED = Said(
    en=Line("Document: only its printed lines were read", "Check the document by hand."),
    fr=Line("Document : seules ses lignes imprimées ont été lues", "Vérifiez le document vous-même."),
    ar=Line("الوثيقة: قُرئت أسطرها المطبوعة فقط", "افحص الوثيقة بنفسك."),
)
PRINTED_EXPIRED = Said(
    en=Line(
        "Document: by its printed lines it has expired",
        "Check the document by hand. See whether the service takes expired documents.",
    ),
    fr=Line(
        "Document : d’après ses lignes imprimées, il a expiré",
        "Vérifiez le document vous-même. Voyez si le service accepte les documents expirés.",
    ),
    ar=Line(
        "الوثيقة: انتهت صلاحيتها بحسب أسطرها المطبوعة",
        "افحص الوثيقة بنفسك. انظر هل تقبل الخدمة الوثائق المنتهية الصلاحية.",
    ),
)
SEAL_SIGNED = Said(
    en=Line(
        "Seal read: a state signed it, and nothing was changed",
        "It does not prove that this is the paper it was made for. Compare what is printed with the person.",
    ),
    fr=Line(
        "Sceau lu : un État l’a signé et rien n’a été changé",
        (
            "Il ne prouve pas que ce papier est celui pour lequel il a été fait. Comparez ce qui est "
            "imprimé avec la personne."
        ),
    ),
    ar=Line("قُرئ الختم: وقّعته دولة ولم يتغيّر شيء", "لا يُثبت أن هذه هي الورقة التي صُنع لها. قارن المطبوع بالشخص."),
)
SEAL_EXPIRED = Said(
    en=Line("Seal read: the paper has expired", "See whether the service takes expired documents."),
    fr=Line("Sceau lu : le papier a expiré", "Voyez si le service accepte des documents expirés."),
    ar=Line("قُرئ الختم: انتهت صلاحية الورقة", "تحقق هل تقبل الخدمة وثائق منتهية."),
)
SEAL_LOOK = Said(
    en=Line(
        "Seal: look at the paper closely",
        "A check did not pass. A mistake of the issuer looks like this too. Read below what it was.",
    ),
    fr=Line(
        "Sceau : regardez le papier de près",
        "Un contrôle n’a pas abouti. Une erreur de l’émetteur se présente de la même façon. Lisez ci-dessous lequel.",
    ),
    ar=Line(
        "الختم: انظر في الورقة بعناية", "لم ينجح أحد الفحوص. قد يكون السبب خطأ من جهة الإصدار. اقرأ أدناه أي فحص هو."
    ),
)
SEAL_UNKNOWN = Said(
    en=Line(
        "Seal read, not checked: nobody here knows who signed it",
        "Compare what is printed with the lines of the seal and with the person.",
    ),
    fr=Line(
        "Sceau lu, non vérifié : personne ici ne connaît le signataire",
        "Comparez ce qui est imprimé avec les lignes du sceau et avec la personne.",
    ),
    ar=Line("قُرئ الختم ولم يُفحص: لا أحد هنا يعرف من وقّعه", "قارن المطبوع بأسطر الختم وبالشخص."),
)
PAGE_NOT_READ = Said(
    en=Line("Document: its page could not be read", "Check the document by hand. It may be torn or worn."),
    fr=Line(
        "Document : sa page n’a pas pu être lue", "Vérifiez le document vous-même. Il est peut-être déchiré ou usé."
    ),
    ar=Line("الوثيقة: تعذرت قراءة صفحتها", "افحص الوثيقة بنفسك. قد تكون ممزقة أو بالية."),
)
DOUBTFUL = Said(
    en=Line(
        "Document: a character of its number may be wrong", "Compare the number with the document, and put it right."
    ),
    fr=Line(
        "Document : un caractère de son numéro est peut-être faux",
        "Comparez le numéro avec le document, et corrigez-le.",
    ),
    ar=Line("الوثيقة: قد يكون أحد رموز رقمها خاطئًا", "قارن الرقم بالوثيقة وصحّحه."),
)
FACE_UNREAD = Said(
    en=Line("Document read: signed, unchanged; face not read", "Compare the printed photo with the person."),
    fr=Line("Document lu : signé, inchangé ; visage non lu", "Comparez la photo imprimée avec la personne."),
    ar=Line("قُرئت الوثيقة: موقّعة ولم تتغيّر؛ لم تُقرأ صورة الوجه", "قارن الصورة المطبوعة بالشخص."),
)
