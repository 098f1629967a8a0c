<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context>
    <name>ChoicePage</name>
    <message>
        <source>Touch one.</source>
        <translation>المس خيارًا واحدًا.</translation>
    </message>
    <message>
        <source>The controls are lower now. Touch Display to change.</source>
        <translation>الأزرار الآن أسفل الشاشة. المس «العرض» لتغيير ذلك.</translation>
    </message>
</context>
<context>
    <name>ConfirmPage</name>
    <message>
        <source>Then your ticket is printed.</source>
        <translation>بعد ذلك تُطبع تذكرتك.</translation>
    </message>
    <message>
        <source>Is this right?</source>
        <translation>هل هذا صحيح؟</translation>
    </message>
    <message>
        <source>Your steps</source>
        <translation>خطواتك</translation>
    </message>
    <message>
        <source>Yes, show my number</source>
        <translation>نعم، اعرض رقمي</translation>
    </message>
    <message>
        <source>Yes, print my ticket</source>
        <translation>نعم، اطبع تذكرتي</translation>
    </message>
    <message>
        <source>No, choose again</source>
        <translation>لا، أريد الاختيار من جديد</translation>
    </message>
</context>
<context>
    <name>DisplayPage</name>
    <message>
        <source>On</source>
        <translation>يعمل</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>متوقف</translation>
    </message>
    <message>
        <source>It changes at once.</source>
        <translation>يظهر التغيير فورًا.</translation>
    </message>
    <message>
        <source>What helps you to read and reach?</source>
        <translation>ما الذي يسهّل عليك القراءة واللمس؟</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>نص أكبر</translation>
    </message>
    <message>
        <source>Strong contrast</source>
        <translation>تباين قوي</translation>
    </message>
    <message>
        <source>Controls lower down</source>
        <translation>أزرار في الأسفل</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
</context>
<context>
    <name>GovernmentPage</name>
    <message>
        <source>The three letters are on your passport.</source>
        <translation>ستجد الأحرف الثلاثة في جواز سفرك.</translation>
    </message>
    <message>
        <source>From your passport</source>
        <translation>من جواز سفرك</translation>
    </message>
    <message>
        <source>Which government do you need?</source>
        <translation>أي حكومة تحتاج إليها؟</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>One moment, please.</source>
        <translation>لحظة من فضلك.</translation>
    </message>
    <message>
        <source>Please stay here.</source>
        <translation>ابقَ هنا من فضلك.</translation>
    </message>
    <message>
        <source>Please stay here. Staff are on the way.</source>
        <translation>ابقَ هنا من فضلك. الموظف في طريقه إليك.</translation>
    </message>
    <message>
        <source>Please go to the nearest counter, or touch Call staff again.</source>
        <translation>اذهب من فضلك إلى أقرب شباك، أو المس «استدعاء موظف» مرة أخرى.</translation>
    </message>
    <message>
        <source>Calling staff</source>
        <translation>جارٍ استدعاء موظف</translation>
    </message>
    <message>
        <source>Staff have been called</source>
        <translation>تم استدعاء موظف</translation>
    </message>
    <message>
        <source>Help is coming</source>
        <translation>المساعدة قادمة</translation>
    </message>
    <message>
        <source>The call did not get through</source>
        <translation>لم يصل النداء</translation>
    </message>
    <message>
        <source>Staff know where you are</source>
        <translation>الموظفون يعرفون مكانك</translation>
    </message>
    <message>
        <source>Staff know you are here: %1</source>
        <translation>الموظفون يعرفون أنك هنا: %1</translation>
    </message>
    <message>
        <source>You can talk in a private room</source>
        <translation>يمكنك التحدث في غرفة خاصة</translation>
    </message>
    <message>
        <source>You keep your place</source>
        <translation>دورك محفوظ</translation>
    </message>
    <message>
        <source>Talk in a private room</source>
        <translation>التحدث في غرفة خاصة</translation>
    </message>
    <message>
        <source>I do not need help now</source>
        <translation>لا أحتاج إلى مساعدة الآن</translation>
    </message>
</context>
<context>
    <name>IdentifyPage</name>
    <message>
        <source>You will still be helped.</source>
        <translation>ستحصل على المساعدة أيضًا.</translation>
    </message>
    <message>
        <source>Open it at the photo. Photo side down.</source>
        <translation>افتحه على صفحة الصورة. الصورة إلى الأسفل.</translation>
    </message>
    <message>
        <source>Please go on without your document</source>
        <translation>تابع من فضلك بدون وثيقتك</translation>
    </message>
    <message>
        <source>Put your passport or ID card on the glass</source>
        <translation>ضع جواز سفرك أو بطاقة هويتك على الزجاج</translation>
    </message>
    <message>
        <source>The reader does not work now.</source>
        <translation>القارئ لا يعمل الآن.</translation>
    </message>
    <message>
        <source>Reading. Please do not move it.</source>
        <translation>تجري القراءة. لا تحرّكه من فضلك.</translation>
    </message>
    <message>
        <source>Please put it down again.</source>
        <translation>ضعه مرة أخرى من فضلك.</translation>
    </message>
    <message>
        <source>It starts by itself.</source>
        <translation>تبدأ القراءة تلقائيًا.</translation>
    </message>
    <message>
        <source>We use it only to find your government and language. This kiosk keeps nothing.</source>
        <translation>نستخدمه فقط لمعرفة حكومتك ولغتك. لا يحتفظ هذا الجهاز بأي شيء.</translation>
    </message>
    <message>
        <source>You will still be helped</source>
        <translation>ستحصل على المساعدة أيضًا</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>متابعة</translation>
    </message>
    <message>
        <source>I have no document</source>
        <translation>ليس لدي وثيقة</translation>
    </message>
</context>
<context>
    <name>IdlePage</name>
    <message numerus="yes">
        <source>In %n seconds this kiosk will clear your information and start again.</source>
        <translation>
            <numerusform>سيمسح هذا الجهاز معلوماتك الآن ويبدأ من جديد.</numerusform>
            <numerusform>بعد ثانية واحدة سيمسح هذا الجهاز معلوماتك ويبدأ من جديد.</numerusform>
            <numerusform>بعد ثانيتين سيمسح هذا الجهاز معلوماتك ويبدأ من جديد.</numerusform>
            <numerusform>بعد %n ثوانٍ سيمسح هذا الجهاز معلوماتك ويبدأ من جديد.</numerusform>
            <numerusform>بعد %n ثانية سيمسح هذا الجهاز معلوماتك ويبدأ من جديد.</numerusform>
            <numerusform>بعد %n ثانية سيمسح هذا الجهاز معلوماتك ويبدأ من جديد.</numerusform>
        </translation>
    </message>
    <message>
        <source>Are you still there?</source>
        <translation>هل ما زلت هنا؟</translation>
    </message>
    <message>
        <source>Yes, I need more time</source>
        <translation>نعم، أحتاج إلى وقت أطول</translation>
    </message>
    <message>
        <source>No, I am finished</source>
        <translation>لا، لقد انتهيت</translation>
    </message>
</context>
<context>
    <name>KBottomBar</name>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>البدء من جديد</translation>
    </message>
    <message>
        <source>Call staff</source>
        <translation>استدعاء موظف</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>اللغة</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>العرض</translation>
    </message>
</context>
<context>
    <name>KButton</name>
    <message>
        <source>Please wait</source>
        <translation>انتظر من فضلك</translation>
    </message>
</context>
<context>
    <name>KEntry</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 من %2</translation>
    </message>
</context>
<context>
    <name>KKeypad</name>
    <message>
        <source>Confirm</source>
        <translation>تأكيد</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>مسح</translation>
    </message>
</context>
<context>
    <name>KPager</name>
    <message>
        <source>Choices before</source>
        <translation>الخيارات السابقة</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 من %2</translation>
    </message>
    <message>
        <source>More</source>
        <translation>المزيد</translation>
    </message>
    <message>
        <source>To the first</source>
        <translation>إلى البداية</translation>
    </message>
</context>
<context>
    <name>KSteps</name>
    <message>
        <source>Step %1 of %2</source>
        <translation>الخطوة %1 من %2</translation>
    </message>
</context>
<context>
    <name>KindPage</name>
    <message>
        <source>What do you need today?</source>
        <translation>بماذا يمكننا مساعدتك اليوم؟</translation>
    </message>
</context>
<context>
    <name>NoPaper</name>
    <message>
        <source>No paper now. Your number will be on the screen.</source>
        <translation>لا يوجد ورق الآن. سيظهر رقمك على الشاشة.</translation>
    </message>
</context>
<context>
    <name>ServicePage</name>
    <message>
        <source>Which service?</source>
        <translation>أي خدمة تريد؟</translation>
    </message>
</context>
<context>
    <name>SetupPage</name>
    <message>
        <source>Please wait.</source>
        <translation>انتظر من فضلك.</translation>
    </message>
    <message>
        <source>Type the enrolment code.</source>
        <translation>أدخل رمز التسجيل.</translation>
    </message>
    <message>
        <source>This code does not work any more. Please ask for a new one.</source>
        <translation>لم يعد هذا الرمز صالحًا. اطلب رمزًا جديدًا من فضلك.</translation>
    </message>
    <message>
        <source>The server does not answer. Please check the network.</source>
        <translation>الخادم لا يجيب. تحقق من الشبكة من فضلك.</translation>
    </message>
    <message>
        <source>Too many tries. Please wait some minutes.</source>
        <translation>محاولات كثيرة. انتظر بضع دقائق من فضلك.</translation>
    </message>
    <message>
        <source>That did not work. Please try again.</source>
        <translation>لم ينجح ذلك. حاول مرة أخرى من فضلك.</translation>
    </message>
    <message>
        <source>Set up this kiosk</source>
        <translation>إعداد هذا الجهاز</translation>
    </message>
</context>
<context>
    <name>SorryPage</name>
    <message>
        <source>Staff will help you. Please touch Call staff.</source>
        <translation>سيساعدك الموظف. المس «استدعاء موظف» من فضلك.</translation>
    </message>
    <message>
        <source>No service is open at this kiosk now</source>
        <translation>لا توجد خدمة متاحة في هذا الجهاز الآن</translation>
    </message>
    <message>
        <source>This kiosk has no more numbers today</source>
        <translation>نفدت الأرقام في هذا الجهاز اليوم</translation>
    </message>
    <message>
        <source>This kiosk cannot give tickets now</source>
        <translation>لا يمكن لهذا الجهاز إعطاء تذاكر الآن</translation>
    </message>
    <message>
        <source>Call staff</source>
        <translation>استدعاء موظف</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>حاول مرة أخرى</translation>
    </message>
</context>
<context>
    <name>TicketNumber</name>
    <message>
        <source>Your number</source>
        <translation>رقمك</translation>
    </message>
</context>
<context>
    <name>TicketPage</name>
    <message>
        <source>Write your number down or take a photo.</source>
        <translation>اكتب رقمك أو التقط صورة له.</translation>
    </message>
    <message>
        <source>The paper ended too soon</source>
        <translation>انتهى الورق قبل اكتمال التذكرة</translation>
    </message>
    <message>
        <source>The printer has no paper</source>
        <translation>لا يوجد ورق في الطابعة</translation>
    </message>
    <message>
        <source>Your number</source>
        <translation>رقمك</translation>
    </message>
    <message>
        <source>Your place is safe.</source>
        <translation>دورك محفوظ.</translation>
    </message>
    <message>
        <source>Your ticket is printing</source>
        <translation>تجري طباعة تذكرتك</translation>
    </message>
    <message>
        <source>Take your ticket below</source>
        <translation>خذ تذكرتك من الأسفل</translation>
    </message>
    <message>
        <source>Nobody is before you</source>
        <translation>لا أحد قبلك</translation>
    </message>
    <message numerus="yes">
        <source>%n visits before you</source>
        <translation>
            <numerusform>لا زيارات قبلك</numerusform>
            <numerusform>زيارة واحدة قبلك</numerusform>
            <numerusform>زيارتان قبلك</numerusform>
            <numerusform>%n زيارات قبلك</numerusform>
            <numerusform>%n زيارة قبلك</numerusform>
            <numerusform>%n زيارة قبلك</numerusform>
        </translation>
    </message>
    <message>
        <source>Your steps</source>
        <translation>خطواتك</translation>
    </message>
    <message>
        <source>Ask staff to write it</source>
        <translation>اطلب من موظف أن يكتبه</translation>
    </message>
    <message>
        <source>I have my number</source>
        <translation>لدي رقمي</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
</context>
</TS>
