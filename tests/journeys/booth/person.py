"""What a person reads at the kiosk of their document, written by hand: a change of words is noticed here.

Each is the title of the page, what stands below it, what stands beside the mark, and the way on.
"""

from tests.journeys.booth.said import Said
from tests.journeys.booth.screen import Page

READ = Said(
    en=Page("We could read your document", "You can take it back now.", "Thank you", "Go on"),
    fr=Page("Nous avons pu lire votre document", "Vous pouvez le reprendre maintenant.", "Merci", "Continuer"),
    ar=Page("تمكّنا من قراءة وثيقتك", "يمكنك استعادتها الآن.", "شكرًا لك", "متابعة"),
)
CARD_NOT_READ = Said(
    en=Page(
        "This kiosk cannot read your card",
        "That is normal for some cards. Staff will look at yours.",
        "You will still be helped",
        "Go on",
    ),
    fr=Page(
        "Cette borne ne peut pas lire votre carte",
        "C’est normal pour certaines cartes. Le personnel regardera la vôtre.",
        "Nous vous aiderons quand même",
        "Continuer",
    ),
    ar=Page(
        "لا يستطيع هذا الكشك قراءة بطاقتك",
        "هذا أمر عادي لبعض البطاقات. سيطّلع الموظفون على بطاقتك.",
        "سنساعدك على أي حال",
        "متابعة",
    ),
)
NOT_ALL_READ = Said(
    en=Page(
        "We could not read all of it", "Staff will look at your document with you.", "You will still be helped", "Go on"
    ),
    fr=Page(
        "Nous n’avons pas pu tout lire",
        "Le personnel regardera votre document avec vous.",
        "Nous vous aiderons quand même",
        "Continuer",
    ),
    ar=Page("لم نتمكّن من قراءتها كلها", "سينظر الموظفون في وثيقتك معك.", "سنساعدك على أي حال", "متابعة"),
)
EXPIRED = Said(
    en=Page(
        "We could read your document",
        "Its last day has passed. Staff will tell you what to do.",
        "You will still be helped",
        "Go on",
    ),
    fr=Page(
        "Nous avons pu lire votre document",
        "Sa date est dépassée. Le personnel vous dira quoi faire.",
        "Nous vous aiderons quand même",
        "Continuer",
    ),
    ar=Page("تمكّنا من قراءة وثيقتك", "انتهى تاريخها. سيخبرك الموظفون بما عليك فعله.", "سنساعدك على أي حال", "متابعة"),
)
PHOTO_PAGE = Said(
    en=Page(
        "We could not read the photo page",
        "Put it down once more, open at the photo. Or go on.",
        "You will still be helped",
        "Go on",
    ),
    fr=Page(
        "Nous n’avons pas pu lire la page de la photo",
        "Reposez-le, ouvert à la page de la photo. Ou continuez.",
        "Nous vous aiderons quand même",
        "Continuer",
    ),
    ar=Page(
        "تعذّرت قراءة صفحة الصورة", "ضعها مرة أخرى مفتوحة على صفحة الصورة. أو تابع.", "سنساعدك على أي حال", "متابعة"
    ),
)
IN_THE_WAY = Said(
    en=Page(
        "Something got in the way",
        "Put your document down once more and leave it there. Or go on.",
        "You will still be helped",
        "Go on",
    ),
    fr=Page(
        "Quelque chose a gêné la lecture",
        "Reposez votre document et laissez-le là. Ou continuez.",
        "Nous vous aiderons quand même",
        "Continuer",
    ),
    ar=Page("حدث ما أعاق القراءة", "ضع وثيقتك مرة أخرى واتركها هناك. أو تابع.", "سنساعدك على أي حال", "متابعة"),
)
TAKEN_AWAY = Said(
    en=Page("It was taken away too soon", "Put it down once more, or go on.", "You will still be helped", "Go on"),
    fr=Page(
        "Il a été retiré trop tôt",
        "Reposez-le encore une fois, ou continuez.",
        "Nous vous aiderons quand même",
        "Continuer",
    ),
    ar=Page("رُفعت الوثيقة قبل الانتهاء", "ضعها مرة أخرى، أو تابع.", "سنساعدك على أي حال", "متابعة"),
)
SEAL_HOLDS = Said(
    en=Page(
        "The seal is in order",
        "It was signed by a state and not changed. Staff will compare it with the print.",
        "Thank you",
        "Go on",
    ),
    fr=Page(
        "Le sceau est bon",
        "Un État l’a signé et rien n’a été changé. Le personnel le comparera avec ce qui est imprimé.",
        "Merci",
        "Continuer",
    ),
    ar=Page("الختم سليم", "وقّعته دولة ولم يتغيّر. سيقارنه الموظفون بالمطبوع.", "شكرًا لك", "متابعة"),
)
SEAL_EXPIRED = Said(
    en=Page(
        "We could read the seal on your paper",
        "Its last day has passed. Staff will tell you what to do.",
        "You will still be helped",
        "Go on",
    ),
    fr=Page(
        "Nous avons pu lire le sceau de votre papier",
        "Son dernier jour est passé. Le personnel vous dira quoi faire.",
        "Nous vous aiderons quand même",
        "Continuer",
    ),
    ar=Page(
        "استطعنا قراءة الختم على ورقتك",
        "انقضى آخر يوم له. سيخبرك الموظفون بما عليك فعله.",
        "سنساعدك على أي حال",
        "متابعة",
    ),
)
SEAL_LOOK = Said(
    en=Page(
        "We could not check the seal on your paper",
        "Staff will look at your paper with you.",
        "You will still be helped",
        "Go on",
    ),
    fr=Page(
        "Nous n’avons pas pu vérifier le sceau de votre papier",
        "Le personnel regardera votre papier avec vous.",
        "Nous vous aiderons quand même",
        "Continuer",
    ),
    ar=Page("لم نستطع التحقق من الختم على ورقتك", "سينظر الموظفون في ورقتك معك.", "سنساعدك على أي حال", "متابعة"),
)
SEAL_UNCHECKED = Said(
    en=Page(
        "We could read the seal on your paper",
        "We cannot check here who signed it. Staff will look at your paper with you.",
        "You will still be helped",
        "Go on",
    ),
    fr=Page(
        "Nous avons pu lire le sceau de votre papier",
        "Nous ne pouvons pas vérifier ici qui l’a signé. Le personnel regardera votre papier avec vous.",
        "Nous vous aiderons quand même",
        "Continuer",
    ),
    ar=Page(
        "استطعنا قراءة الختم على ورقتك",
        "لا نستطيع أن نتحقق هنا ممّن وقّعه. سينظر الموظفون في ورقتك معك.",
        "سنساعدك على أي حال",
        "متابعة",
    ),
)
SEAL_NAMELESS = Said(
    en=Page(
        "We could read the seal on your paper",
        "It names no person. Please show staff your document too.",
        "You will still be helped",
        "Go on",
    ),
    fr=Page(
        "Nous avons pu lire le sceau de votre papier",
        "Il ne nomme personne. Montrez aussi votre document au personnel.",
        "Nous vous aiderons quand même",
        "Continuer",
    ),
    ar=Page(
        "استطعنا قراءة الختم على ورقتك", "لا يذكر اسم أحد. أرِ الموظفين وثيقتك أيضًا.", "سنساعدك على أي حال", "متابعة"
    ),
)
PAGE_NOT_READ = Said(
    en=Page(
        "We could not read your document",
        "The page may be torn or worn. Staff will look at it with you.",
        "You will still be helped",
        "Go on",
    ),
    fr=Page(
        "Nous n’avons pas pu lire votre document",
        "La page est peut-être déchirée ou usée. Le personnel la regardera avec vous.",
        "Nous vous aiderons quand même",
        "Continuer",
    ),
    ar=Page(
        "لم نتمكّن من قراءة وثيقتك",
        "قد تكون الصفحة ممزقة أو بالية. سينظر الموظفون إليها معك.",
        "سنساعدك على أي حال",
        "متابعة",
    ),
)
PAPER_EXPIRED = Said(
    en=Page(
        "The last day of your document has passed",
        "Please go on all the same. Staff will tell you what to do.",
        "You will still be helped",
        "Go on",
    ),
    fr=Page(
        "Le dernier jour de votre document est passé",
        "Continuez quand même. Le personnel vous dira quoi faire.",
        "Nous vous aiderons quand même",
        "Continuer",
    ),
    ar=Page(
        "انقضى آخر يوم في صلاحية وثيقتك",
        "تابع من فضلك مع ذلك. سيخبرك الموظفون بما تفعل.",
        "سنساعدك على أي حال",
        "متابعة",
    ),
)
NOT_READ = Said(
    en=Page(
        "We could not read your document",
        "Staff will look at your document with you.",
        "You will still be helped",
        "Go on",
    ),
    fr=Page(
        "Nous n’avons pas pu lire votre document",
        "Le personnel regardera votre document avec vous.",
        "Nous vous aiderons quand même",
        "Continuer",
    ),
    ar=Page("لم نتمكّن من قراءة وثيقتك", "سينظر الموظفون في وثيقتك معك.", "سنساعدك على أي حال", "متابعة"),
)
