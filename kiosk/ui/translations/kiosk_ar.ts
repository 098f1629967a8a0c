<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context>
    <name>AgeWords</name>
    <message>
        <source>%1 and older</source>
        <translation>من سنّ %1 فما فوق</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>من سنّ %1 إلى %2</translation>
    </message>
    <message>
        <source>Under %1</source>
        <translation>دون سنّ %1</translation>
    </message>
</context>
<context>
    <name>BringPage</name>
    <message>
        <source>Print this list</source>
        <translation>طباعة هذه القائمة</translation>
    </message>
    <message>
        <source>It is printing</source>
        <translation>تجري الطباعة</translation>
    </message>
    <message>
        <source>Take it below</source>
        <translation>خذها من الأسفل</translation>
    </message>
    <message>
        <source>No paper now</source>
        <translation>لا يوجد ورق الآن</translation>
    </message>
    <message>
        <source>The original, translated</source>
        <translation>الأصل مع ترجمة</translation>
    </message>
    <message>
        <source>A copy, translated</source>
        <translation>نسخة مع ترجمة</translation>
    </message>
    <message>
        <source>Original or copy, translated</source>
        <translation>الأصل أو نسخة، مع ترجمة</translation>
    </message>
    <message>
        <source>The fee: %1</source>
        <translation>الرسم: %1</translation>
    </message>
    <message>
        <source>%1 (for each of %2)</source>
        <translation>%1 (لكل واحد من %2)</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>لا مزيد</numerusform>
            <numerusform>واحد آخر</numerusform>
            <numerusform>اثنان آخران</numerusform>
            <numerusform>%n أخرى</numerusform>
            <numerusform>%n أخرى</numerusform>
            <numerusform>%n أخرى</numerusform>
        </translation>
    </message>
    <message>
        <source>Card or cash</source>
        <translation>بطاقة أو نقدًا</translation>
    </message>
    <message>
        <source>The original</source>
        <translation>الأصل</translation>
    </message>
    <message>
        <source>A copy is enough</source>
        <translation>تكفي نسخة</translation>
    </message>
    <message>
        <source>The original or a copy</source>
        <translation>الأصل أو نسخة</translation>
    </message>
    <message>
        <source>With a translation</source>
        <translation>مع ترجمة</translation>
    </message>
    <message>
        <source>Touch what you have.</source>
        <translation>المس ما لديك.</translation>
    </message>
    <message>
        <source>Have you got these?</source>
        <translation>هل لديك كل هذا؟</translation>
    </message>
    <message>
        <source>Go on: I have all</source>
        <translation>متابعة: لدي كل شيء</translation>
    </message>
    <message numerus="yes">
        <source>Go on: %n are missing</source>
        <translation>
            <numerusform>متابعة: لا شيء ناقص</numerusform>
            <numerusform>متابعة: ينقص شيء واحد</numerusform>
            <numerusform>متابعة: ينقص شيئان</numerusform>
            <numerusform>متابعة: تنقص %n أشياء</numerusform>
            <numerusform>متابعة: ينقص %n شيئًا</numerusform>
            <numerusform>متابعة: ينقص %n شيء</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AddressPage</name>
    <message>
        <source>It is being tried.</source>
        <translation>تجري تجربة العنوان.</translation>
    </message>
    <message>
        <source>It is tried before it is kept.</source>
        <translation>يُجرَّب العنوان قبل حفظه.</translation>
    </message>
    <message>
        <source>No address: the device is not used.</source>
        <translation>لا عنوان: الجهاز غير مستخدم.</translation>
    </message>
    <message>
        <source>Capital letters</source>
        <translation>أحرف كبيرة</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>مسح</translation>
    </message>
    <message>
        <source>Erase all</source>
        <translation>مسح الكل</translation>
    </message>
    <message>
        <source>Try it and keep it</source>
        <translation>تجربة وحفظ</translation>
    </message>
</context>
<context>
    <name>AdmissionPage</name>
    <message>
        <source>Your number is being made.</source>
        <translation>يجري إعداد رقمك.</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>لحظة من فضلك</translation>
    </message>
    <message>
        <source>Please wait</source>
        <translation>انتظر من فضلك</translation>
    </message>
</context>
<context>
    <name>AppointmentPage</name>
    <message>
        <source>Put the document of your appointment on the glass.</source>
        <translation>ضع وثيقة موعدك على الزجاج.</translation>
    </message>
    <message>
        <source>From your phone or your paper.</source>
        <translation>من هاتفك أو من ورقتك.</translation>
    </message>
    <message>
        <source>Type it, or ask staff.</source>
        <translation>اكتب الرمز أو اسأل الموظفين.</translation>
    </message>
    <message>
        <source>We need to see your document</source>
        <translation>يجب أن نرى وثيقتك</translation>
    </message>
    <message>
        <source>Show the code of your appointment</source>
        <translation>أظهر رمز موعدك</translation>
    </message>
    <message>
        <source>You have an appointment</source>
        <translation>لديك موعد</translation>
    </message>
    <message>
        <source>This is not the code of an appointment. Try another one, or type it.</source>
        <translation>هذا ليس رمز موعد. جرّب رمزًا آخر أو اكتبه.</translation>
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
        <source>Or put your document on the glass. %1</source>
        <translation>أو ضع وثيقتك على الزجاج. %1</translation>
    </message>
    <message>
        <source>Look with the document I have shown</source>
        <translation>البحث بالوثيقة التي أظهرتها</translation>
    </message>
    <message>
        <source>Eight letters and digits</source>
        <translation>ثمانية أحرف وأرقام</translation>
    </message>
    <message>
        <source>Type the code</source>
        <translation>كتابة الرمز</translation>
    </message>
    <message>
        <source>I have no code here</source>
        <translation>ليس معي رمز</translation>
    </message>
    <message>
        <source>Staff find your appointment</source>
        <translation>الموظفون يجدون موعدك</translation>
    </message>
</context>
<context>
    <name>BookingPage</name>
    <message>
        <source>Point the camera of your phone here.</source>
        <translation>وجّه كاميرا هاتفك إلى هنا.</translation>
    </message>
    <message>
        <source>Choose another day on your phone</source>
        <translation>اختر يومًا آخر على هاتفك</translation>
    </message>
    <message>
        <source>Please wait</source>
        <translation>انتظر من فضلك</translation>
    </message>
    <message>
        <source>Your number</source>
        <translation>رقمك</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>حاول مرة أخرى</translation>
    </message>
    <message>
        <source>Show the document</source>
        <translation>إظهار الوثيقة</translation>
    </message>
    <message>
        <source>You wait without your appointment</source>
        <translation>تنتظر من دون موعدك</translation>
    </message>
    <message>
        <source>Take a number today</source>
        <translation>أخذ رقم اليوم</translation>
    </message>
    <message>
        <source>Choose another day</source>
        <translation>اختيار يوم آخر</translation>
    </message>
    <message>
        <source>Talk to staff</source>
        <translation>التحدث إلى الموظفين</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
</context>
<context>
    <name>BookingWords</name>
    <message>
        <source>One moment, please</source>
        <translation>لحظة من فضلك</translation>
    </message>
    <message>
        <source>We cannot look now</source>
        <translation>لا يمكننا البحث الآن</translation>
    </message>
    <message>
        <source>Too many codes were typed here</source>
        <translation>كُتبت هنا رموز كثيرة</translation>
    </message>
    <message>
        <source>We do not find this appointment</source>
        <translation>لا نجد هذا الموعد</translation>
    </message>
    <message>
        <source>Your appointment is at another centre</source>
        <translation>موعدك في مركز آخر</translation>
    </message>
    <message>
        <source>This appointment is cancelled</source>
        <translation>أُلغي هذا الموعد</translation>
    </message>
    <message>
        <source>Your time had to be given up</source>
        <translation>اضطررنا إلى إلغاء وقتك</translation>
    </message>
    <message>
        <source>You have your number already</source>
        <translation>لديك رقمك بالفعل</translation>
    </message>
    <message>
        <source>This is another document</source>
        <translation>هذه وثيقة أخرى</translation>
    </message>
    <message>
        <source>We need to see your document</source>
        <translation>يجب أن نرى وثيقتك</translation>
    </message>
    <message>
        <source>Your time was %1</source>
        <translation>كان وقتك %1</translation>
    </message>
    <message>
        <source>Staff look at this with you</source>
        <translation>الموظفون ينظرون في هذا معك</translation>
    </message>
    <message>
        <source>We look for your appointment.</source>
        <translation>نبحث عن موعدك.</translation>
    </message>
    <message>
        <source>Take a number. Your appointment counts as soon as we can look.</source>
        <translation>خذ رقمًا. يُحسب موعدك حالما نستطيع الاطلاع عليه.</translation>
    </message>
    <message numerus="yes">
        <source>Please wait %n minutes, or ask staff.</source>
        <translation>
            <numerusform>انتظر قليلًا أو اسأل الموظفين.</numerusform>
            <numerusform>انتظر دقيقة واحدة أو اسأل الموظفين.</numerusform>
            <numerusform>انتظر دقيقتين أو اسأل الموظفين.</numerusform>
            <numerusform>انتظر %n دقائق أو اسأل الموظفين.</numerusform>
            <numerusform>انتظر %n دقيقة أو اسأل الموظفين.</numerusform>
            <numerusform>انتظر %n دقيقة أو اسأل الموظفين.</numerusform>
        </translation>
    </message>
    <message>
        <source>Look at the code again, or take a number.</source>
        <translation>انظر إلى الرمز مرة أخرى أو خذ رقمًا.</translation>
    </message>
    <message>
        <source>You can go there, or take a number here.</source>
        <translation>يمكنك الذهاب إلى هناك أو أخذ رقم هنا.</translation>
    </message>
    <message>
        <source>You can take a number today, or choose another day.</source>
        <translation>يمكنك أخذ رقم اليوم أو اختيار يوم آخر.</translation>
    </message>
    <message>
        <source>We are sorry. Take a number today, or choose another day.</source>
        <translation>نعتذر. خذ رقمًا اليوم أو اختر يومًا آخر.</translation>
    </message>
    <message>
        <source>Please watch the boards. They show it.</source>
        <translation>تابع الشاشات. إنها تعرضه.</translation>
    </message>
    <message>
        <source>The appointment was booked with another one. Show that, or talk to staff.</source>
        <translation>حُجز الموعد بوثيقة أخرى. أظهرها أو تحدث إلى الموظفين.</translation>
    </message>
    <message>
        <source>It counts with the document for which it was booked.</source>
        <translation>يُحسب مع الوثيقة التي حُجز بها.</translation>
    </message>
    <message>
        <source>It is too late for it. You can still be helped: take a number.</source>
        <translation>فات الأوان. يمكننا مساعدتك مع ذلك: خذ رقمًا.</translation>
    </message>
    <message>
        <source>Please touch Call staff.</source>
        <translation>المس «استدعاء موظف».</translation>
    </message>
</context>
<context>
    <name>CompanyPage</name>
    <message>
        <source>We may not have time for all. Please ask at the counter.</source>
        <translation>قد لا يكفي الوقت للجميع. اسأل عند الشباك.</translation>
    </message>
    <message>
        <source>Who comes later asks at the reception.</source>
        <translation>من يأتي لاحقًا يسأل في الاستقبال.</translation>
    </message>
    <message>
        <source>Count yourself, too.</source>
        <translation>احسب نفسك أيضًا.</translation>
    </message>
    <message>
        <source>One number is for all of you.</source>
        <translation>رقم واحد لكم جميعًا.</translation>
    </message>
    <message>
        <source>How many of you are here?</source>
        <translation>كم شخصًا منكم هنا؟</translation>
    </message>
    <message numerus="yes">
        <source>Are all %n of you here?</source>
        <translation>
            <numerusform>هل الجميع هنا؟</numerusform>
            <numerusform>هل أنت هنا؟</numerusform>
            <numerusform>هل أنتما هنا كلاكما؟</numerusform>
            <numerusform>هل أنتم الـ%n هنا جميعًا؟</numerusform>
            <numerusform>هل أنتم الـ%n هنا جميعًا؟</numerusform>
            <numerusform>هل أنتم الـ%n هنا جميعًا؟</numerusform>
        </translation>
    </message>
    <message>
        <source>Yes, all are here</source>
        <translation>نعم، الجميع هنا</translation>
    </message>
    <message>
        <source>Some come later, or stay away</source>
        <translation>بعضهم يأتي لاحقًا أو لا يأتي</translation>
    </message>
    <message>
        <source>No, it is another number</source>
        <translation>لا، العدد مختلف</translation>
    </message>
    <message>
        <source>People</source>
        <translation>الأشخاص</translation>
    </message>
    <message numerus="yes">
        <source>%n people: go on</source>
        <translation>
            <numerusform>متابعة</numerusform>
            <numerusform>شخص واحد: متابعة</numerusform>
            <numerusform>شخصان: متابعة</numerusform>
            <numerusform>%n أشخاص: متابعة</numerusform>
            <numerusform>%n شخصًا: متابعة</numerusform>
            <numerusform>%n شخص: متابعة</numerusform>
        </translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>متابعة</translation>
    </message>
</context>
<context>
    <name>DayPage</name>
    <message>
        <source>Point the camera of your phone here.</source>
        <translation>وجّه كاميرا هاتفك إلى هنا.</translation>
    </message>
    <message>
        <source>At %1.</source>
        <translation>الساعة %1.</translation>
    </message>
    <message>
        <source>Choose another day on your phone</source>
        <translation>اختر يومًا آخر على هاتفك</translation>
    </message>
    <message>
        <source>Your day is %1</source>
        <translation>يومك هو %1</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>اليوم</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>يومك</translation>
    </message>
    <message>
        <source>Your paper is printing</source>
        <translation>تُطبع ورقتك</translation>
    </message>
    <message>
        <source>Take your paper below</source>
        <translation>خذ ورقتك من الأسفل</translation>
    </message>
    <message>
        <source>No paper now. Please write it down.</source>
        <translation>لا يوجد ورق الآن. اكتبه من فضلك.</translation>
    </message>
    <message>
        <source>Your appointment is kept.</source>
        <translation>موعدك محفوظ.</translation>
    </message>
    <message>
        <source>Then you can go home</source>
        <translation>ثم يمكنك العودة إلى البيت</translation>
    </message>
    <message>
        <source>Print my day and time</source>
        <translation>طباعة يومي ووقتي</translation>
    </message>
    <message>
        <source>Nobody is before you</source>
        <translation>لا أحد قبلك</translation>
    </message>
    <message numerus="yes">
        <source>%n numbers before you</source>
        <translation>
            <numerusform>لا أحد قبلك</numerusform>
            <numerusform>رقم واحد قبلك</numerusform>
            <numerusform>رقمان قبلك</numerusform>
            <numerusform>%n أرقام قبلك</numerusform>
            <numerusform>%n رقمًا قبلك</numerusform>
            <numerusform>%n رقم قبلك</numerusform>
        </translation>
    </message>
    <message>
        <source>You wait without your appointment</source>
        <translation>تنتظر من دون موعدك</translation>
    </message>
    <message>
        <source>Take a number today</source>
        <translation>أخذ رقم اليوم</translation>
    </message>
    <message>
        <source>Today is full: no more numbers are given.</source>
        <translation>اليوم ممتلئ: لا تُعطى أرقام أخرى.</translation>
    </message>
    <message>
        <source>See which days are free</source>
        <translation>رؤية الأيام المتاحة</translation>
    </message>
    <message>
        <source>Choose another day</source>
        <translation>اختيار يوم آخر</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
</context>
<context>
    <name>EarlyPage</name>
    <message>
        <source>What do you want to do?</source>
        <translation>ماذا تريد أن تفعل؟</translation>
    </message>
    <message>
        <source>You are early. Your time is %1.</source>
        <translation>وصلت مبكرًا. وقتك %1.</translation>
    </message>
    <message>
        <source>Your time is kept.</source>
        <translation>وقتك محفوظ.</translation>
    </message>
    <message>
        <source>You get your number now</source>
        <translation>تحصل على رقمك الآن</translation>
    </message>
    <message>
        <source>I wait here</source>
        <translation>أنتظر هنا</translation>
    </message>
    <message>
        <source>Be here at %1</source>
        <translation>كن هنا الساعة %1</translation>
    </message>
    <message>
        <source>I come back later</source>
        <translation>أعود لاحقًا</translation>
    </message>
    <message>
        <source>Talk to staff</source>
        <translation>التحدث إلى الموظفين</translation>
    </message>
    <message>
        <source>I cannot wait</source>
        <translation>لا أستطيع الانتظار</translation>
    </message>
</context>
<context>
    <name>LinkPicture</name>
    <message>
        <source>A picture for the camera of your phone</source>
        <translation>صورة لكاميرا هاتفك</translation>
    </message>
</context>
<context>
    <name>PriorityPage</name>
    <message>
        <source>Staff decide. You need not say why.</source>
        <translation>القرار للموظفين. لا حاجة إلى ذكر السبب.</translation>
    </message>
    <message>
        <source>Do you need to go first?</source>
        <translation>هل تحتاج إلى الأولوية؟</translation>
    </message>
    <message>
        <source>For old age, a disability, a pregnancy, or small children.</source>
        <translation>لكبار السن وذوي الإعاقة والحوامل ومن معهم أطفال صغار.</translation>
    </message>
    <message>
        <source>Yes, please ask staff</source>
        <translation>نعم، اسألوا الموظفين</translation>
    </message>
    <message>
        <source>No, I can wait</source>
        <translation>لا، يمكنني الانتظار</translation>
    </message>
    <message>
        <source>Talk in a private room</source>
        <translation>التحدث في غرفة خاصة</translation>
    </message>
</context>
<context>
    <name>CanPage</name>
    <message>
        <source>6 digits on its front, often at the lower right or beside the photo.</source>
        <translation>ستة أرقام على وجهها، غالبًا في الأسفل يمينًا أو بجانب الصورة.</translation>
    </message>
    <message>
        <source>Go on without the number</source>
        <translation>تابع بدون الرقم</translation>
    </message>
    <message>
        <source>That is another number. Compare the digits, or go on without.</source>
        <translation>هذا رقم آخر. قارن الأرقام، أو تابع بدونها.</translation>
    </message>
    <message>
        <source>Type the number on your card</source>
        <translation>اكتب الرقم الموجود على بطاقتك</translation>
    </message>
</context>
<context>
    <name>ChipPage</name>
    <message>
        <source>One moment, please</source>
        <translation>لحظة من فضلك</translation>
    </message>
    <message>
        <source>We were not done yet. It starts again by itself.</source>
        <translation>لم ننتهِ بعد. تبدأ القراءة من جديد تلقائيًا.</translation>
    </message>
    <message>
        <source>It is being read. Please do not lift it.</source>
        <translation>تجري القراءة. لا ترفعها من فضلك.</translation>
    </message>
    <message>
        <source>Put it back and leave it there</source>
        <translation>أعدها إلى مكانها واتركها هناك</translation>
    </message>
    <message>
        <source>Leave your document on the reader</source>
        <translation>اترك وثيقتك على القارئ</translation>
    </message>
    <message>
        <source>Thank you</source>
        <translation>شكرًا لك</translation>
    </message>
    <message>
        <source>You will still be helped</source>
        <translation>سنساعدك على أي حال</translation>
    </message>
    <message>
        <source>Go on without</source>
        <translation>تابع بدون انتظار</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>متابعة</translation>
    </message>
</context>
<context>
    <name>ChipWords</name>
    <message>
        <source>The last day of your document has passed</source>
        <translation>انقضى آخر يوم في صلاحية وثيقتك</translation>
    </message>
    <message>
        <source>Please go on all the same. Staff will tell you what to do.</source>
        <translation>تابع من فضلك مع ذلك. سيخبرك الموظفون بما تفعل.</translation>
    </message>
    <message>
        <source>The page may be torn or worn. Staff will look at it with you.</source>
        <translation>قد تكون الصفحة ممزقة أو بالية. سينظر الموظفون إليها معك.</translation>
    </message>
    <message>
        <source>Staff will look at your document with you.</source>
        <translation>سينظر الموظفون في وثيقتك معك.</translation>
    </message>
    <message>
        <source>We could read your document</source>
        <translation>تمكّنا من قراءة وثيقتك</translation>
    </message>
    <message>
        <source>You can take it back now.</source>
        <translation>يمكنك استعادتها الآن.</translation>
    </message>
    <message>
        <source>Its last day has passed. Staff will tell you what to do.</source>
        <translation>انتهى تاريخها. سيخبرك الموظفون بما عليك فعله.</translation>
    </message>
    <message>
        <source>This kiosk cannot read your card</source>
        <translation>لا يستطيع هذا الكشك قراءة بطاقتك</translation>
    </message>
    <message>
        <source>That is normal for some cards. Staff will look at yours.</source>
        <translation>هذا أمر عادي لبعض البطاقات. سيطّلع الموظفون على بطاقتك.</translation>
    </message>
    <message>
        <source>We could not read all of it</source>
        <translation>لم نتمكّن من قراءتها كلها</translation>
    </message>
    <message>
        <source>It was taken away too soon</source>
        <translation>رُفعت الوثيقة قبل الانتهاء</translation>
    </message>
    <message>
        <source>Put it down once more, or go on.</source>
        <translation>ضعها مرة أخرى، أو تابع.</translation>
    </message>
    <message>
        <source>We could not read the photo page</source>
        <translation>تعذّرت قراءة صفحة الصورة</translation>
    </message>
    <message>
        <source>Put it down once more, open at the photo. Or go on.</source>
        <translation>ضعها مرة أخرى مفتوحة على صفحة الصورة. أو تابع.</translation>
    </message>
    <message>
        <source>This kiosk does not know your document</source>
        <translation>هذا الجهاز لا يعرف وثيقتك</translation>
    </message>
    <message>
        <source>Staff know it. They will look at it with you.</source>
        <translation>الموظفون يعرفونها وسينظرون فيها معك.</translation>
    </message>
    <message>
        <source>Something got in the way</source>
        <translation>حدث ما أعاق القراءة</translation>
    </message>
    <message>
        <source>Put your document down once more and leave it there. Or go on.</source>
        <translation>ضع وثيقتك مرة أخرى واتركها هناك. أو تابع.</translation>
    </message>
    <message>
        <source>We could not read a part of it</source>
        <translation>لم نتمكّن من قراءة جزء منها</translation>
    </message>
    <message>
        <source>The reader has stopped</source>
        <translation>توقّف القارئ</translation>
    </message>
    <message>
        <source>You can go on. Staff will read your document.</source>
        <translation>يمكنك المتابعة. سيقرأ الموظفون وثيقتك.</translation>
    </message>
    <message>
        <source>The reader is busy</source>
        <translation>القارئ مشغول</translation>
    </message>
    <message>
        <source>That took too long</source>
        <translation>استغرق ذلك وقتًا طويلًا</translation>
    </message>
    <message>
        <source>Put your document down once more, or go on.</source>
        <translation>ضع وثيقتك مرة أخرى، أو تابع.</translation>
    </message>
    <message>
        <source>We could not read your document</source>
        <translation>لم نتمكّن من قراءة وثيقتك</translation>
    </message>
</context>
<context>
    <name>ChoicePage</name>
    <message>
        <source>Not now</source>
        <translation>ليس الآن</translation>
    </message>
    <message>
        <source>Closed for today</source>
        <translation>مغلق اليوم</translation>
    </message>
    <message>
        <source>Something else</source>
        <translation>شيء آخر</translation>
    </message>
    <message>
        <source>Touch one.</source>
        <translation>المس خيارًا واحدًا.</translation>
    </message>
    <message>
        <source>The controls are lower now. Touch Display to change.</source>
        <translation>الأزرار الآن في أسفل الشاشة. المس «العرض» لتغيير ذلك.</translation>
    </message>
</context>
<context>
    <name>CodePage</name>
    <message>
        <source>Now type the digits.</source>
        <translation>اكتب الأرقام الآن.</translation>
    </message>
    <message>
        <source>Touch the letter first.</source>
        <translation>المس الحرف أولًا.</translation>
    </message>
    <message>
        <source>Type the number of your ticket</source>
        <translation>اكتب رقم تذكرتك</translation>
    </message>
    <message>
        <source>I have the code of a form</source>
        <translation>معي رمز استمارة</translation>
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
        <source>Yes, show my number</source>
        <translation>نعم، اعرض رقمي</translation>
    </message>
    <message>
        <source>Yes, print my ticket</source>
        <translation>نعم، اطبع تذكرتي</translation>
    </message>
    <message>
        <source>Staff will decide</source>
        <translation>القرار للموظفين</translation>
    </message>
    <message>
        <source>Age, disability, pregnancy, small children</source>
        <translation>كِبر السن، إعاقة، حمل، أطفال صغار</translation>
    </message>
    <message>
        <source>You ask to go first</source>
        <translation>تطلب الأولوية</translation>
    </message>
    <message>
        <source>I need to go first</source>
        <translation>أحتاج إلى الأولوية</translation>
    </message>
    <message>
        <source>No, choose again</source>
        <translation>لا، أريد الاختيار من جديد</translation>
    </message>
    <message>
        <source>Then you see what it costs.</source>
        <translation>ثم ترى كم يكلف.</translation>
    </message>
    <message>
        <source>Yes, go on</source>
        <translation>نعم، متابعة</translation>
    </message>
    <message numerus="yes">
        <source>For %n people</source>
        <translation>
            <numerusform>لا أحد</numerusform>
            <numerusform>لشخص واحد</numerusform>
            <numerusform>لشخصين</numerusform>
            <numerusform>لـ %n أشخاص</numerusform>
            <numerusform>لـ %n شخصًا</numerusform>
            <numerusform>لـ %n شخص</numerusform>
        </translation>
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
    <name>DocumentsPage</name>
    <message>
        <source>The reader does not work now.</source>
        <translation>القارئ لا يعمل الآن.</translation>
    </message>
    <message>
        <source>That could not be read. Please put it down again.</source>
        <translation>تعذّرت القراءة. ضعه مرة أخرى من فضلك.</translation>
    </message>
    <message>
        <source>This one was read already. Please put down another one.</source>
        <translation>هذا الجواز قُرئ من قبل. ضع جوازًا آخر من فضلك.</translation>
    </message>
    <message>
        <source>Reading. Please do not move it.</source>
        <translation>تجري القراءة. لا تحرّكه من فضلك.</translation>
    </message>
    <message>
        <source>You can take it back now.</source>
        <translation>يمكنك استعادته الآن.</translation>
    </message>
    <message>
        <source>You will still be helped.</source>
        <translation>سنساعدك على أي حال.</translation>
    </message>
    <message>
        <source>We were not done yet. It starts again by itself.</source>
        <translation>لم ننتهِ بعد. تبدأ القراءة من جديد تلقائيًا.</translation>
    </message>
    <message>
        <source>It is being read. Please do not lift it.</source>
        <translation>تجري القراءة. لا ترفعه من فضلك.</translation>
    </message>
    <message>
        <source>Open it at the photo. Photo side down.</source>
        <translation>افتحه على صفحة الصورة. الصورة إلى الأسفل.</translation>
    </message>
    <message>
        <source>Thank you, that was the last one</source>
        <translation>شكرًا لك، كان هذا الأخير</translation>
    </message>
    <message>
        <source>Please go on without the others</source>
        <translation>تابع من فضلك بدون البقية</translation>
    </message>
    <message>
        <source>Put it back and leave it there</source>
        <translation>أعده إلى مكانه واتركه هناك</translation>
    </message>
    <message>
        <source>Leave the passport on the reader</source>
        <translation>اترك جواز السفر على القارئ</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>متابعة</translation>
    </message>
    <message>
        <source>Go on without this one</source>
        <translation>المتابعة بدون هذا</translation>
    </message>
    <message>
        <source>Leave this one for the counter</source>
        <translation>اترك هذا للشباك</translation>
    </message>
    <message>
        <source>The rest later, at the counter</source>
        <translation>الباقي لاحقًا، عند الشباك</translation>
    </message>
    <message>
        <source>Later, at the counter</source>
        <translation>لاحقًا، عند الشباك</translation>
    </message>
    <message numerus="yes">
        <source>%n are read</source>
        <translation>
            <numerusform>لم يُقرأ شيء</numerusform>
            <numerusform>قُرئ واحد</numerusform>
            <numerusform>قُرئ اثنان</numerusform>
            <numerusform>قُرئت %n</numerusform>
            <numerusform>قُرئ %n</numerusform>
            <numerusform>قُرئ %n</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>غيرهم: %1</translation>
    </message>
</context>
<context>
    <name>EmergencyPage</name>
    <message>
        <source>Your ticket stays valid</source>
        <translation>تذكرتك تبقى صالحة</translation>
    </message>
</context>
<context>
    <name>FeePage</name>
    <message>
        <source>You pay by card here, or later at the counter.</source>
        <translation>تدفع هنا بالبطاقة، أو لاحقًا عند الشباك.</translation>
    </message>
    <message>
        <source>You can pay at the counter.</source>
        <translation>يمكنك الدفع عند الشباك.</translation>
    </message>
    <message>
        <source>This is the fee</source>
        <translation>هذا هو الرسم</translation>
    </message>
    <message>
        <source>You cannot pay here now</source>
        <translation>لا يمكن الدفع هنا الآن</translation>
    </message>
    <message>
        <source>Set by: %1</source>
        <translation>حدَّدته: %1</translation>
    </message>
    <message>
        <source>Pay here by card</source>
        <translation>الدفع هنا بالبطاقة</translation>
    </message>
    <message>
        <source>You get your ticket now</source>
        <translation>تحصل على تذكرتك الآن</translation>
    </message>
    <message>
        <source>Pay at the counter</source>
        <translation>الدفع عند الشباك</translation>
    </message>
    <message>
        <source>You pay at the cash desk now, or later at the counter.</source>
        <translation>تدفع الآن عند الصندوق، أو لاحقًا عند الشباك.</translation>
    </message>
    <message>
        <source>Pay now at the cash desk</source>
        <translation>الدفع الآن عند الصندوق</translation>
    </message>
    <message numerus="yes">
        <source>For %n people</source>
        <translation>
            <numerusform>لا أحد</numerusform>
            <numerusform>لشخص واحد</numerusform>
            <numerusform>لشخصين</numerusform>
            <numerusform>لـ %n أشخاص</numerusform>
            <numerusform>لـ %n شخصًا</numerusform>
            <numerusform>لـ %n شخص</numerusform>
        </translation>
    </message>
    <message>
        <source>You can pay later: %1.</source>
        <translation>يمكنك الدفع لاحقًا: %1.</translation>
    </message>
    <message>
        <source>You pay by card here, or later: %1.</source>
        <translation>تدفع هنا بالبطاقة، أو لاحقًا: %1.</translation>
    </message>
    <message>
        <source>You pay now at the cash desk, or when your number is called.</source>
        <translation>تدفع الآن عند الصندوق، أو حين يُنادى رقمك.</translation>
    </message>
    <message>
        <source>Pay later: %1</source>
        <translation>الدفع لاحقًا: %1</translation>
    </message>
</context>
<context>
    <name>GovernmentPage</name>
    <message>
        <source>The three letters are on your passport.</source>
        <translation>ستجد الأحرف الثلاثة في جواز سفرك.</translation>
    </message>
    <message>
        <source>Which country's papers is it about?</source>
        <translation>أوراق أي بلد تحتاج إليها؟</translation>
    </message>
    <message>
        <source>Another country</source>
        <translation>بلد آخر</translation>
    </message>
</context>
<context>
    <name>FirstTouch</name>
    <message>
        <source>Touch your language</source>
        <translation>المس لغتك</translation>
    </message>
    <message>
        <source>or put your passport on the glass</source>
        <translation>أو ضع جواز سفرك على الزجاج</translation>
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
        <source>Your document is read.</source>
        <translation>تمت قراءة وثيقتك.</translation>
    </message>
</context>
<context>
    <name>FirstWords</name>
    <message>
        <source>Welcome</source>
        <translation>أهلًا وسهلًا</translation>
    </message>
    <message>
        <source>No paper</source>
        <translation>لا يوجد ورق</translation>
    </message>
    <message>
        <source>There is a notice. Touch your language to read it.</source>
        <translation>هناك إعلان. المس لغتك لقراءته.</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>On the way</source>
        <translation>في الطريق</translation>
    </message>
    <message>
        <source>Called</source>
        <translation>تم الاستدعاء</translation>
    </message>
    <message>
        <source>Called just now</source>
        <translation>تم الاستدعاء الآن</translation>
    </message>
    <message numerus="yes">
        <source>Called %n minutes ago</source>
        <translation>
            <numerusform>تم الاستدعاء قبل %n دقيقة</numerusform>
            <numerusform>تم الاستدعاء قبل دقيقة واحدة</numerusform>
            <numerusform>تم الاستدعاء قبل دقيقتين</numerusform>
            <numerusform>تم الاستدعاء قبل %n دقائق</numerusform>
            <numerusform>تم الاستدعاء قبل %n دقيقة</numerusform>
            <numerusform>تم الاستدعاء قبل %n دقيقة</numerusform>
        </translation>
    </message>
    <message>
        <source>Somebody is coming</source>
        <translation>شخص في طريقه إليك</translation>
    </message>
    <message>
        <source>Nobody has answered yet. Please stay here, or go to the nearest counter.</source>
        <translation>لم يردّ أحد بعد. ابقَ هنا من فضلك، أو اذهب إلى أقرب شباك.</translation>
    </message>
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
        <source>Touch one.</source>
        <translation>المس خيارًا واحدًا.</translation>
    </message>
    <message>
        <source>What do you need today?</source>
        <translation>بماذا يمكننا مساعدتك اليوم؟</translation>
    </message>
    <message>
        <source>I need a number</source>
        <translation>أحتاج إلى رقم</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>ليس الآن</translation>
    </message>
    <message>
        <source>It starts by itself.</source>
        <translation>تبدأ القراءة تلقائيًا.</translation>
    </message>
    <message>
        <source>You will still be helped.</source>
        <translation>سنساعدك على أي حال.</translation>
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
        <source>We use it only to find your country and language. This kiosk keeps nothing.</source>
        <translation>نستخدمه فقط لمعرفة بلدك ولغتك. لا يحتفظ هذا الجهاز بأي شيء.</translation>
    </message>
    <message>
        <source>You will still be helped</source>
        <translation>سنساعدك على أي حال</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>متابعة</translation>
    </message>
    <message>
        <source>I have no document</source>
        <translation>ليس لدي وثيقة</translation>
    </message>
    <message>
        <source>Show it at the counter</source>
        <translation>أبرزها عند الشباك</translation>
    </message>
    <message>
        <source>Staff who help you see its number and whether it could be checked. This kiosk keeps nothing.</source>
        <translation>يرى الموظفون الذين يساعدونك رقمها ونتيجة فحصها. لا يحتفظ هذا الجهاز بأي شيء.</translation>
    </message>
    <message>
        <source>From a ticket of today</source>
        <translation>من تذكرة اليوم</translation>
    </message>
    <message>
        <source>I have a number</source>
        <translation>لديّ رقم</translation>
    </message>
    <message>
        <source>Something is ready for you</source>
        <translation>شيء جاهز لك</translation>
    </message>
    <message>
        <source>Collect a document</source>
        <translation>استلام وثيقة</translation>
    </message>
    <message>
        <source>You have booked a time</source>
        <translation>حجزت وقتًا</translation>
    </message>
    <message>
        <source>I have an appointment</source>
        <translation>لدي موعد</translation>
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
    <message>
        <source>Info</source>
        <translation>معلومات</translation>
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
        <source>First page</source>
        <translation>الصفحة الأولى</translation>
    </message>
</context>
<context>
    <name>KStepper</name>
    <message>
        <source>One less: %1</source>
        <translation>أقل بواحد: %1</translation>
    </message>
    <message>
        <source>One more: %1</source>
        <translation>أكثر بواحد: %1</translation>
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
        <source>Your passport: %1</source>
        <translation>جواز سفرك: %1</translation>
    </message>
    <message>
        <source>Another country</source>
        <translation>بلد آخر</translation>
    </message>
    <message>
        <source>What do you need today?</source>
        <translation>بماذا يمكننا مساعدتك اليوم؟</translation>
    </message>
    <message>
        <source>Collect a document</source>
        <translation>استلام وثيقة</translation>
    </message>
    <message>
        <source>I have an appointment</source>
        <translation>لدي موعد</translation>
    </message>
</context>
<context>
    <name>RecoveringPage</name>
    <message>
        <source>This kiosk finishes something first.</source>
        <translation>ينهي هذا الجهاز أمرًا أولًا.</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>لحظة من فضلك</translation>
    </message>
    <message>
        <source>Please wait</source>
        <translation>يرجى الانتظار</translation>
    </message>
</context>
<context>
    <name>MorePage</name>
    <message>
        <source>Add something</source>
        <translation>إضافة شيء آخر</translation>
    </message>
    <message>
        <source>Change how many people</source>
        <translation>تغيير عدد الأشخاص</translation>
    </message>
    <message>
        <source>Do you need anything else today?</source>
        <translation>هل تحتاج إلى شيء آخر اليوم؟</translation>
    </message>
    <message numerus="yes">
        <source>For %n people</source>
        <translation>
            <numerusform>لا أحد</numerusform>
            <numerusform>لشخص واحد</numerusform>
            <numerusform>لشخصين</numerusform>
            <numerusform>لـ %n أشخاص</numerusform>
            <numerusform>لـ %n شخصًا</numerusform>
            <numerusform>لـ %n شخص</numerusform>
        </translation>
    </message>
    <message>
        <source>It is for more people</source>
        <translation>الطلب لعدة أشخاص</translation>
    </message>
    <message>
        <source>Leave out the last one</source>
        <translation>إزالة آخر ما اخترته</translation>
    </message>
    <message>
        <source>No, go on</source>
        <translation>لا، متابعة</translation>
    </message>
    <message>
        <source>One number for all, and you pay once.</source>
        <translation>رقم واحد للجميع، وتدفع مرة واحدة.</translation>
    </message>
    <message>
        <source>Anything else today?</source>
        <translation>شيء آخر اليوم؟</translation>
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
    <name>NoticeWords</name>
    <message>
        <source>Waiting takes longer than usual today.</source>
        <translation>الانتظار اليوم أطول من المعتاد.</translation>
    </message>
    <message>
        <source>The centre closes soon.</source>
        <translation>يغلق المركز قريبًا.</translation>
    </message>
    <message>
        <source>A system does not work now. Your place is safe.</source>
        <translation>أحد الأنظمة متوقف الآن. دورك محفوظ.</translation>
    </message>
    <message>
        <source>Documents that have arrived can be collected today.</source>
        <translation>يمكن اليوم استلام الوثائق التي وصلت.</translation>
    </message>
    <message>
        <source>Staff have a notice for everybody. Please ask them.</source>
        <translation>لدى الموظفين إعلان للجميع. اسألهم من فضلك.</translation>
    </message>
    <message>
        <source>Longer wait</source>
        <translation>انتظار أطول</translation>
    </message>
    <message>
        <source>Closing soon</source>
        <translation>نغلق قريبًا</translation>
    </message>
    <message>
        <source>System fault</source>
        <translation>عطل في نظام</translation>
    </message>
    <message>
        <source>Documents are here</source>
        <translation>وصلت وثائق</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>إعلان</translation>
    </message>
    <message>
        <source>Leave the building now</source>
        <translation>غادروا المبنى الآن</translation>
    </message>
    <message>
        <source>Stay inside the building</source>
        <translation>ابقوا داخل المبنى</translation>
    </message>
    <message>
        <source>Follow the green exit signs. Do not use the lift.</source>
        <translation>اتبعوا إشارات الخروج الخضراء. لا تستخدموا المصعد.</translation>
    </message>
    <message>
        <source>Keep away from doors and windows. Wait for staff.</source>
        <translation>ابتعدوا عن الأبواب والنوافذ. انتظروا الموظفين.</translation>
    </message>
</context>
<context>
    <name>PartWords</name>
    <message>
        <source>Printer</source>
        <translation>الطابعة</translation>
    </message>
    <message>
        <source>Document reader</source>
        <translation>قارئ الوثائق</translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation>قارئ الرموز</translation>
    </message>
    <message>
        <source>There is none here</source>
        <translation>لا يوجد هنا</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>يعمل</translation>
    </message>
    <message>
        <source>Does not answer</source>
        <translation>لا يجيب</translation>
    </message>
    <message>
        <source>Is not connected</source>
        <translation>غير موصول</translation>
    </message>
    <message>
        <source>Is broken</source>
        <translation>معطل</translation>
    </message>
    <message>
        <source>Needs a hand</source>
        <translation>يحتاج إلى تدخل</translation>
    </message>
    <message>
        <source>Is working</source>
        <translation>منشغل الآن</translation>
    </message>
    <message>
        <source>Was tampered with</source>
        <translation>جرى العبث به</translation>
    </message>
    <message>
        <source>Is starting</source>
        <translation>يبدأ التشغيل</translation>
    </message>
    <message>
        <source>Not tried yet</source>
        <translation>لم يُجرَّب بعد</translation>
    </message>
    <message>
        <source>Nothing is known of it</source>
        <translation>حالته غير معروفة</translation>
    </message>
    <message>
        <source>There is no paper in it</source>
        <translation>لا يوجد ورق</translation>
    </message>
    <message>
        <source>Its cover is open</source>
        <translation>الغطاء مفتوح</translation>
    </message>
    <message>
        <source>Cutter or mechanism is stuck</source>
        <translation>القاطع أو الآلية عالقة</translation>
    </message>
    <message>
        <source>It does not say whether it has printed</source>
        <translation>لا تؤكد الطابعة أنها طبعت</translation>
    </message>
    <message>
        <source>It could not read that document</source>
        <translation>تعذرت قراءة الوثيقة</translation>
    </message>
    <message>
        <source>It could not read that code</source>
        <translation>تعذرت قراءة الرمز</translation>
    </message>
    <message>
        <source>Nothing answers there</source>
        <translation>لا شيء يجيب هناك</translation>
    </message>
    <message>
        <source>It answers too late</source>
        <translation>يجيب متأخرًا</translation>
    </message>
    <message>
        <source>Something else uses it</source>
        <translation>يستخدمه برنامج آخر</translation>
    </message>
    <message>
        <source>It says what nobody understands</source>
        <translation>إجابته غير مفهومة</translation>
    </message>
    <message>
        <source>A number in the address is out of bounds</source>
        <translation>رقم في العنوان خارج الحدود</translation>
    </message>
    <message>
        <source>It cannot be kept: is the disk full?</source>
        <translation>تعذر الحفظ: هل القرص ممتلئ؟</translation>
    </message>
    <message>
        <source>This is not an address</source>
        <translation>هذا ليس عنوانًا</translation>
    </message>
    <message>
        <source>Nobody knows this kind of device</source>
        <translation>نوع الجهاز غير معروف</translation>
    </message>
    <message>
        <source>That is another kind of device</source>
        <translation>هذا جهاز من نوع آخر</translation>
    </message>
    <message>
        <source>Fault: %1</source>
        <translation>عطل: %1</translation>
    </message>
    <message>
        <source>Chip reader</source>
        <translation>قارئ الشرائح</translation>
    </message>
    <message>
        <source>No chip has answered</source>
        <translation>لم تُجب أي شريحة</translation>
    </message>
    <message>
        <source>Its lists of trusted authorities are due</source>
        <translation>حان تجديد قوائم الجهات الموثوقة</translation>
    </message>
    <message>
        <source>Its list of trusted authorities cannot be used</source>
        <translation>لا يمكن استخدام قائمة الجهات الموثوقة</translation>
    </message>
    <message>
        <source>Card terminal</source>
        <translation>جهاز البطاقة</translation>
    </message>
    <message>
        <source>It takes no money now</source>
        <translation>لا يستلم المال الآن</translation>
    </message>
    <message>
        <source>Its day cannot be ended</source>
        <translation>تعذّر إنهاء يومه</translation>
    </message>
    <message>
        <source>The server refuses its end of day</source>
        <translation>يرفض الخادم إنهاء يومه</translation>
    </message>
</context>
<context>
    <name>PartyPage</name>
    <message>
        <source>%1 each</source>
        <translation>%1 لكل شخص</translation>
    </message>
    <message numerus="yes">
        <source>%n people: go on</source>
        <translation>
            <numerusform>متابعة</numerusform>
            <numerusform>شخص واحد: متابعة</numerusform>
            <numerusform>شخصان: متابعة</numerusform>
            <numerusform>%n أشخاص: متابعة</numerusform>
            <numerusform>%n شخصًا: متابعة</numerusform>
            <numerusform>%n شخص: متابعة</numerusform>
        </translation>
    </message>
    <message>
        <source>Count yourself, too.</source>
        <translation>احسب نفسك أيضًا.</translation>
    </message>
    <message>
        <source>For more people, ask staff.</source>
        <translation>لعدد أكبر، اسأل أحد الموظفين.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>متابعة</translation>
    </message>
    <message>
        <source>How many people is it for?</source>
        <translation>لكم شخصًا هذا الطلب؟</translation>
    </message>
    <message>
        <source>No fee</source>
        <translation>بلا رسوم</translation>
    </message>
    <message>
        <source>People</source>
        <translation>الأشخاص</translation>
    </message>
</context>
<context>
    <name>PayLonger</name>
    <message>
        <source>You have paid</source>
        <translation>لقد دفعت</translation>
    </message>
    <message>
        <source>Staff have confirmed it</source>
        <translation>أكَّد الموظفون الدفع</translation>
    </message>
    <message>
        <source>The card was accepted</source>
        <translation>قُبلت البطاقة</translation>
    </message>
    <message>
        <source>The card was read</source>
        <translation>قُرئت البطاقة</translation>
    </message>
    <message>
        <source>Waiting for the answer</source>
        <translation>في انتظار الرد</translation>
    </message>
    <message>
        <source>Then your ticket is printed</source>
        <translation>ثم تُطبع تذكرتك</translation>
    </message>
</context>
<context>
    <name>PayPage</name>
    <message>
        <source>Please wait</source>
        <translation>يرجى الانتظار</translation>
    </message>
    <message>
        <source>Take the slip below and show it to staff.</source>
        <translation>خذ الورقة في الأسفل وأظهرها للموظفين.</translation>
    </message>
    <message>
        <source>Show this number to staff, or write it down.</source>
        <translation>أظهر هذا الرقم للموظفين، أو اكتبه.</translation>
    </message>
    <message>
        <source>Print it again</source>
        <translation>طباعتها مرة أخرى</translation>
    </message>
    <message>
        <source>I have my ticket</source>
        <translation>تذكرتي معي</translation>
    </message>
    <message>
        <source>No, ask staff</source>
        <translation>لا، سأسأل الموظفين</translation>
    </message>
    <message>
        <source>Give my money back</source>
        <translation>إعادة نقودي</translation>
    </message>
    <message>
        <source>Stop the payment</source>
        <translation>إيقاف الدفع</translation>
    </message>
    <message>
        <source>Try another card</source>
        <translation>تجربة بطاقة أخرى</translation>
    </message>
    <message>
        <source>Pay here by card</source>
        <translation>الدفع هنا بالبطاقة</translation>
    </message>
    <message>
        <source>Get my ticket, pay at the counter</source>
        <translation>تذكرتي، والدفع عند الشباك</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>متابعة</translation>
    </message>
    <message>
        <source>Get my ticket</source>
        <translation>الحصول على تذكرتي</translation>
    </message>
    <message>
        <source>Call staff</source>
        <translation>استدعاء موظف</translation>
    </message>
    <message>
        <source>Pay now at the cash desk</source>
        <translation>الدفع الآن عند الصندوق</translation>
    </message>
    <message>
        <source>If it takes much longer, this kiosk calls staff for you.</source>
        <translation>إذا طال الأمر، يستدعي هذا الجهاز موظفًا لك.</translation>
    </message>
    <message>
        <source>The call did not get through. Please ask somebody near you to fetch staff.</source>
        <translation>لم يصل النداء. اطلب من شخص قريب منك أن ينادي الموظفين.</translation>
    </message>
    <message>
        <source>Get my ticket, pay later</source>
        <translation>تذكرتي، والدفع لاحقًا</translation>
    </message>
</context>
<context>
    <name>PayWords</name>
    <message>
        <source>You will not be charged twice.</source>
        <translation>لن تدفع مرتين.</translation>
    </message>
    <message>
        <source>Nothing was taken from your card.</source>
        <translation>لم يُؤخذ شيء من بطاقتك.</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>لحظة من فضلك</translation>
    </message>
    <message>
        <source>The card terminal is getting ready.</source>
        <translation>جهاز البطاقة يستعد.</translation>
    </message>
    <message>
        <source>Hold or insert your card at the card terminal</source>
        <translation>قرّب بطاقتك من الجهاز أو أدخلها فيه</translation>
    </message>
    <message>
        <source>Insert your card in the card terminal</source>
        <translation>أدخل بطاقتك في جهاز البطاقة</translation>
    </message>
    <message>
        <source>Take your card out of the terminal</source>
        <translation>اسحب بطاقتك من الجهاز</translation>
    </message>
    <message>
        <source>Enter your card's PIN at the terminal</source>
        <translation>أدخل الرقم السري للبطاقة على الجهاز</translation>
    </message>
    <message>
        <source>Cover the keys with your hand.</source>
        <translation>غطِّ الأزرار بيدك.</translation>
    </message>
    <message>
        <source>That PIN was not right</source>
        <translation>الرقم السري غير صحيح</translation>
    </message>
    <message>
        <source>Look at the terminal. It says whether you can try again.</source>
        <translation>انظر إلى الجهاز: سيقول إن كان يمكنك المحاولة مجددًا.</translation>
    </message>
    <message>
        <source>Confirm the amount at the terminal</source>
        <translation>أكّد المبلغ على الجهاز</translation>
    </message>
    <message>
        <source>Press the green key.</source>
        <translation>اضغط الزر الأخضر.</translation>
    </message>
    <message>
        <source>Choose at the terminal</source>
        <translation>اختر على الجهاز</translation>
    </message>
    <message>
        <source>It shows what you can choose.</source>
        <translation>يعرض ما يمكنك اختياره.</translation>
    </message>
    <message>
        <source>Look at the card terminal</source>
        <translation>انظر إلى جهاز البطاقة</translation>
    </message>
    <message>
        <source>It tells you what to do.</source>
        <translation>سيقول لك ما تفعله.</translation>
    </message>
    <message>
        <source>Your bank is being asked</source>
        <translation>نسأل مصرفك الآن</translation>
    </message>
    <message>
        <source>Please leave your card where it is.</source>
        <translation>اترك بطاقتك في مكانها.</translation>
    </message>
    <message>
        <source>Please insert the card</source>
        <translation>أدخل البطاقة من فضلك</translation>
    </message>
    <message>
        <source>It could not be read the other way.</source>
        <translation>تعذّرت قراءتها بالطريقة الأخرى.</translation>
    </message>
    <message>
        <source>This card is not accepted here</source>
        <translation>هذه البطاقة غير مقبولة هنا</translation>
    </message>
    <message>
        <source>Please try another card.</source>
        <translation>جرّب بطاقة أخرى.</translation>
    </message>
    <message>
        <source>The card was accepted</source>
        <translation>قُبلت البطاقة</translation>
    </message>
    <message>
        <source>One moment, please.</source>
        <translation>لحظة من فضلك.</translation>
    </message>
    <message>
        <source>The card was not accepted</source>
        <translation>لم تُقبل البطاقة</translation>
    </message>
    <message>
        <source>The payment was stopped</source>
        <translation>أُوقف الدفع</translation>
    </message>
    <message>
        <source>The payment is being taken back</source>
        <translation>يجري إلغاء الدفع</translation>
    </message>
    <message>
        <source>We are finding out whether you have paid</source>
        <translation>نتحقق هل تم الدفع</translation>
    </message>
    <message>
        <source>Your money is being given back</source>
        <translation>تُعاد إليك نقودك الآن</translation>
    </message>
    <message>
        <source>Please wait here.</source>
        <translation>انتظر هنا من فضلك.</translation>
    </message>
    <message>
        <source>Paid. Your ticket is printing</source>
        <translation>تم الدفع. تُطبع تذكرتك</translation>
    </message>
    <message>
        <source>Your receipt comes after it.</source>
        <translation>يأتي الإيصال بعدها.</translation>
    </message>
    <message>
        <source>Your money was given back</source>
        <translation>أُعيدت إليك نقودك</translation>
    </message>
    <message>
        <source>You have not paid.</source>
        <translation>لم تدفع شيئًا.</translation>
    </message>
    <message>
        <source>Your money goes back to your card</source>
        <translation>ستعود نقودك إلى بطاقتك</translation>
    </message>
    <message>
        <source>Your bank needs some days for that.</source>
        <translation>يحتاج مصرفك إلى بضعة أيام.</translation>
    </message>
    <message>
        <source>Staff will find out about your payment</source>
        <translation>سيتحقق الموظفون من دفعتك</translation>
    </message>
    <message>
        <source>Staff were called.</source>
        <translation>تم استدعاء الموظفين.</translation>
    </message>
    <message>
        <source>This kiosk cannot go on</source>
        <translation>لا يمكن لهذا الجهاز المتابعة</translation>
    </message>
    <message>
        <source>Staff were called. Please wait here.</source>
        <translation>تم استدعاء الموظفين. انتظر هنا من فضلك.</translation>
    </message>
    <message>
        <source>You have not paid</source>
        <translation>لم تدفع شيئًا</translation>
    </message>
    <message>
        <source>Paying did not work here</source>
        <translation>لم ينجح الدفع هنا</translation>
    </message>
    <message>
        <source>Did your ticket come out?</source>
        <translation>هل خرجت تذكرتك؟</translation>
    </message>
    <message>
        <source>You have paid.</source>
        <translation>لقد دفعت.</translation>
    </message>
    <message>
        <source>Your ticket did not come out</source>
        <translation>لم تخرج تذكرتك</translation>
    </message>
    <message>
        <source>The payment is being stopped</source>
        <translation>يجري إيقاف الدفع</translation>
    </message>
    <message>
        <source>Please pay at the cash desk</source>
        <translation>ادفع عند الصندوق من فضلك</translation>
    </message>
    <message>
        <source>Staff confirm it. Then your ticket comes out here.</source>
        <translation>يؤكد الموظفون الدفع، ثم تخرج تذكرتك هنا.</translation>
    </message>
    <message>
        <source>Staff have confirmed it</source>
        <translation>أكَّد الموظفون الدفع</translation>
    </message>
    <message>
        <source>Please get your money back at the cash desk</source>
        <translation>استرجع مالك عند الصندوق من فضلك</translation>
    </message>
    <message>
        <source>Staff were told.</source>
        <translation>تم إبلاغ الموظفين.</translation>
    </message>
    <message>
        <source>This takes longer. Please stay here.</source>
        <translation>يستغرق هذا وقتًا أطول. ابقَ هنا من فضلك.</translation>
    </message>
    <message>
        <source>Staff are called. Please stay here.</source>
        <translation>تم استدعاء موظف. ابقَ هنا من فضلك.</translation>
    </message>
    <message>
        <source>You will not pay twice.</source>
        <translation>لن تدفع مرتين.</translation>
    </message>
</context>
<context>
    <name>PersonWords</name>
    <message>
        <source>Adult</source>
        <translation>بالغ</translation>
    </message>
    <message>
        <source>Adult %1</source>
        <translation>بالغ %1</translation>
    </message>
    <message>
        <source>Child</source>
        <translation>طفل</translation>
    </message>
    <message>
        <source>Child %1</source>
        <translation>طفل %1</translation>
    </message>
    <message>
        <source>Small child</source>
        <translation>طفل صغير</translation>
    </message>
    <message>
        <source>Small child %1</source>
        <translation>طفل صغير %1</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>شخص</translation>
    </message>
    <message>
        <source>Person %1</source>
        <translation>شخص %1</translation>
    </message>
    <message>
        <source>Now the adult’s passport, please</source>
        <translation>الآن جواز سفر البالغ من فضلك</translation>
    </message>
    <message>
        <source>Now the first adult’s passport, please</source>
        <translation>الآن جواز سفر البالغ الأول من فضلك</translation>
    </message>
    <message>
        <source>Now the next adult’s passport, please</source>
        <translation>الآن جواز سفر البالغ التالي من فضلك</translation>
    </message>
    <message>
        <source>Now the child’s passport, please</source>
        <translation>الآن جواز سفر الطفل من فضلك</translation>
    </message>
    <message>
        <source>Now the first child’s passport, please</source>
        <translation>الآن جواز سفر الطفل الأول من فضلك</translation>
    </message>
    <message>
        <source>Now the next child’s passport, please</source>
        <translation>الآن جواز سفر الطفل التالي من فضلك</translation>
    </message>
    <message>
        <source>Now the small child’s passport, please</source>
        <translation>الآن جواز سفر الطفل الصغير من فضلك</translation>
    </message>
    <message>
        <source>Now the first small child’s passport, please</source>
        <translation>الآن جواز سفر أول طفل صغير من فضلك</translation>
    </message>
    <message>
        <source>Now the next small child’s passport, please</source>
        <translation>الآن جواز سفر الطفل الصغير التالي من فضلك</translation>
    </message>
    <message>
        <source>Now the person’s passport, please</source>
        <translation>الآن جواز سفر الشخص من فضلك</translation>
    </message>
    <message>
        <source>Now the first person’s passport, please</source>
        <translation>الآن جواز سفر الشخص الأول من فضلك</translation>
    </message>
    <message>
        <source>Now the next person’s passport, please</source>
        <translation>الآن جواز سفر الشخص التالي من فضلك</translation>
    </message>
    <message>
        <source>This child has none</source>
        <translation>ليس مع هذا الطفل جواز</translation>
    </message>
    <message>
        <source>This person has none</source>
        <translation>ليس مع هذا الشخص جواز</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>قُرئ</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>الآن</translation>
    </message>
    <message>
        <source>None</source>
        <translation>لا يوجد</translation>
    </message>
    <message>
        <source>At the counter</source>
        <translation>عند الشباك</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>لاحقًا</translation>
    </message>
</context>
<context>
    <name>PinPage</name>
    <message>
        <source>Please wait.</source>
        <translation>يرجى الانتظار.</translation>
    </message>
    <message numerus="yes">
        <source>Too many tries. Please wait %n minutes.</source>
        <translation>
            <numerusform>محاولات كثيرة. يرجى الانتظار.</numerusform>
            <numerusform>محاولات كثيرة. انتظر دقيقة واحدة.</numerusform>
            <numerusform>محاولات كثيرة. انتظر دقيقتين.</numerusform>
            <numerusform>محاولات كثيرة. انتظر %n دقائق.</numerusform>
            <numerusform>محاولات كثيرة. انتظر %n دقيقة.</numerusform>
            <numerusform>محاولات كثيرة. انتظر %n دقيقة.</numerusform>
        </translation>
    </message>
    <message>
        <source>That was not right. Please try again.</source>
        <translation>ليس هذا الرقم الصحيح. حاول مرة أخرى.</translation>
    </message>
    <message>
        <source>Type the PIN, or touch Back.</source>
        <translation>اكتب الرقم السري أو المس «رجوع».</translation>
    </message>
    <message>
        <source>For technicians only</source>
        <translation>للفنيين فقط</translation>
    </message>
</context>
<context>
    <name>RestartPage</name>
    <message>
        <source>This deletes what you have entered.</source>
        <translation>سيُمحى كل ما أدخلته.</translation>
    </message>
    <message>
        <source>Your number %1 is not on paper. Please write it down first.</source>
        <translation>رقمك %1 ليس على ورق. اكتبه أولًا من فضلك.</translation>
    </message>
    <message>
        <source>Do you want to start again?</source>
        <translation>هل تريد البدء من جديد؟</translation>
    </message>
    <message>
        <source>No, keep it and go on</source>
        <translation>لا، أبقِه وتابع</translation>
    </message>
    <message>
        <source>Yes, delete it and start again</source>
        <translation>نعم، امحُه وابدأ من جديد</translation>
    </message>
</context>
<context>
    <name>SignsPage</name>
    <message>
        <source>It stands in your message or on your paper.</source>
        <translation>تجده في رسالتك أو على ورقتك.</translation>
    </message>
    <message>
        <source>Type the code of your appointment</source>
        <translation>اكتب رمز موعدك</translation>
    </message>
</context>
<context>
    <name>StatusPage</name>
    <message>
        <source>We are looking for your place.</source>
        <translation>نبحث عن دورك.</translation>
    </message>
    <message>
        <source>Please watch the boards. They show your number.</source>
        <translation>تابع الشاشات. سيظهر عليها رقمك.</translation>
    </message>
    <message>
        <source>Please go to the counter now.</source>
        <translation>اذهب إلى الشباك الآن.</translation>
    </message>
    <message>
        <source>Please go to your counter.</source>
        <translation>اذهب إلى شباكك.</translation>
    </message>
    <message>
        <source>Please tell staff that you are here.</source>
        <translation>أخبر الموظفين أنك هنا.</translation>
    </message>
    <message>
        <source>If you need anything else, please ask staff.</source>
        <translation>إذا احتجت إلى شيء آخر فاسأل الموظفين.</translation>
    </message>
    <message>
        <source>Please show it to staff. They will help you.</source>
        <translation>اعرضه على الموظفين وسيساعدونك.</translation>
    </message>
    <message>
        <source>We cannot show it now. Please stay in the hall.</source>
        <translation>لا يمكننا عرضه الآن. ابقَ في القاعة من فضلك.</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>لحظة من فضلك</translation>
    </message>
    <message>
        <source>Your place is safe</source>
        <translation>دورك محفوظ</translation>
    </message>
    <message>
        <source>It is your turn</source>
        <translation>جاء دورك</translation>
    </message>
    <message>
        <source>Your visit is on hold</source>
        <translation>زيارتك معلّقة</translation>
    </message>
    <message>
        <source>Your number was called</source>
        <translation>تم نداء رقمك</translation>
    </message>
    <message>
        <source>This visit has ended</source>
        <translation>انتهت هذه الزيارة</translation>
    </message>
    <message>
        <source>We cannot read this code here</source>
        <translation>لا يمكننا قراءة هذا الرمز هنا</translation>
    </message>
    <message>
        <source>Your number is called to this counter</source>
        <translation>رقمك مطلوب عند هذا الشباك</translation>
    </message>
    <message>
        <source>Your number is called</source>
        <translation>رقمك مطلوب الآن</translation>
    </message>
    <message>
        <source>Your number</source>
        <translation>رقمك</translation>
    </message>
    <message>
        <source>Nobody is before you</source>
        <translation>لا أحد قبلك</translation>
    </message>
    <message numerus="yes">
        <source>%n numbers before you</source>
        <translation>
            <numerusform>لا أحد قبلك</numerusform>
            <numerusform>رقم واحد قبلك</numerusform>
            <numerusform>رقمان قبلك</numerusform>
            <numerusform>%n أرقام قبلك</numerusform>
            <numerusform>%n رقمًا قبلك</numerusform>
            <numerusform>%n رقم قبلك</numerusform>
        </translation>
    </message>
    <message>
        <source>Call staff</source>
        <translation>استدعاء موظف</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
    <message>
        <source>Please wait a little, or ask staff.</source>
        <translation>انتظر قليلًا أو اسأل الموظفين.</translation>
    </message>
    <message>
        <source>This number is not shown now</source>
        <translation>هذا الرقم غير معروض الآن</translation>
    </message>
    <message>
        <source>Too many numbers were typed here</source>
        <translation>كُتبت أرقام كثيرة هنا</translation>
    </message>
    <message>
        <source>You have typed</source>
        <translation>لقد كتبت</translation>
    </message>
    <message>
        <source>Staff can print your ticket again. Show them your document.</source>
        <translation>يمكن للموظفين طباعة تذكرتك من جديد. أرِهم وثيقتك.</translation>
    </message>
    <message>
        <source>Type the number again</source>
        <translation>اكتب الرقم من جديد</translation>
    </message>
</context>
<context>
    <name>ClosedPage</name>
    <message>
        <source>Staff will help you. Please touch Call staff.</source>
        <translation>سيساعدك الموظف. المس «استدعاء موظف» من فضلك.</translation>
    </message>
    <message>
        <source>If you have a ticket, please stay. You will be called.</source>
        <translation>إذا كانت معك تذكرة فابقَ من فضلك. سيتم نداؤك.</translation>
    </message>
    <message>
        <source>We are closed now</source>
        <translation>نحن مغلقون الآن</translation>
    </message>
    <message>
        <source>No more tickets today</source>
        <translation>لا تذاكر أخرى اليوم</translation>
    </message>
    <message>
        <source>Today is full</source>
        <translation>اكتمل العدد اليوم</translation>
    </message>
    <message>
        <source>This kiosk is out of order</source>
        <translation>هذا الجهاز خارج الخدمة</translation>
    </message>
    <message>
        <source>This kiosk gives no numbers now</source>
        <translation>لا يعطي هذا الجهاز أرقامًا الآن</translation>
    </message>
    <message>
        <source>Open again today at %1</source>
        <translation>نفتح مجددًا اليوم الساعة %1</translation>
    </message>
    <message>
        <source>Open again tomorrow at %1</source>
        <translation>نفتح مجددًا غدًا الساعة %1</translation>
    </message>
    <message>
        <source>Open again on %1 at %2</source>
        <translation>نفتح مجددًا يوم %1 الساعة %2</translation>
    </message>
    <message>
        <source>Call staff</source>
        <translation>استدعاء موظف</translation>
    </message>
    <message>
        <source>I have a number</source>
        <translation>لديّ رقم</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>مغلق</translation>
    </message>
    <message>
        <source>No more tickets</source>
        <translation>لا تذاكر أخرى</translation>
    </message>
    <message>
        <source>Full today</source>
        <translation>اكتمل العدد</translation>
    </message>
    <message>
        <source>Out of order</source>
        <translation>خارج الخدمة</translation>
    </message>
    <message>
        <source>Come another day</source>
        <translation>الحضور في يوم آخر</translation>
    </message>
</context>
<context>
    <name>SealWords</name>
    <message>
        <source>Staff will look at your paper with you.</source>
        <translation>سينظر الموظفون في ورقتك معك.</translation>
    </message>
    <message>
        <source>The seal is in order</source>
        <translation>الختم سليم</translation>
    </message>
    <message>
        <source>It was signed by a state and not changed. Staff will compare it with the print.</source>
        <translation>وقّعته دولة ولم يتغيّر. سيقارنه الموظفون بالمطبوع.</translation>
    </message>
    <message>
        <source>We could read the seal on your paper</source>
        <translation>استطعنا قراءة الختم على ورقتك</translation>
    </message>
    <message>
        <source>Its last day has passed. Staff will tell you what to do.</source>
        <translation>انقضى آخر يوم له. سيخبرك الموظفون بما عليك فعله.</translation>
    </message>
    <message>
        <source>We cannot check here who signed it. Staff will look at your paper with you.</source>
        <translation>لا نستطيع أن نتحقق هنا ممّن وقّعه. سينظر الموظفون في ورقتك معك.</translation>
    </message>
    <message>
        <source>It names no person. Please show staff your document too.</source>
        <translation>لا يذكر اسم أحد. أرِ الموظفين وثيقتك أيضًا.</translation>
    </message>
    <message>
        <source>Visa</source>
        <translation>تأشيرة</translation>
    </message>
    <message>
        <source>Residence permit</source>
        <translation>تصريح إقامة</translation>
    </message>
    <message>
        <source>Residence paper</source>
        <translation>ورقة إقامة</translation>
    </message>
    <message>
        <source>Sheet of a residence permit</source>
        <translation>ورقة ملحقة بتصريح إقامة</translation>
    </message>
    <message>
        <source>Proof of arrival</source>
        <translation>إثبات وصول</translation>
    </message>
    <message>
        <source>Emergency travel document</source>
        <translation>وثيقة سفر طارئة</translation>
    </message>
    <message>
        <source>Travel document</source>
        <translation>وثيقة سفر</translation>
    </message>
    <message>
        <source>Temporary passport</source>
        <translation>جواز سفر مؤقت</translation>
    </message>
    <message>
        <source>Replacement for a passport</source>
        <translation>بديل عن جواز السفر</translation>
    </message>
    <message>
        <source>Replacement for an identity card</source>
        <translation>بديل عن بطاقة الهوية</translation>
    </message>
    <message>
        <source>Temporary identity card</source>
        <translation>بطاقة هوية مؤقتة</translation>
    </message>
    <message>
        <source>Address on an identity card</source>
        <translation>عنوان على بطاقة هوية</translation>
    </message>
    <message>
        <source>Place of residence in a passport</source>
        <translation>مكان الإقامة في جواز سفر</translation>
    </message>
    <message>
        <source>Social insurance card</source>
        <translation>بطاقة تأمين اجتماعي</translation>
    </message>
    <message>
        <source>Health certificate</source>
        <translation>شهادة صحية</translation>
    </message>
    <message>
        <source>We could not check the seal on your paper</source>
        <translation>لم نستطع التحقق من الختم على ورقتك</translation>
    </message>
    <message>
        <source>A paper with a seal</source>
        <translation>ورقة عليها ختم</translation>
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
    <message>
        <source>Type the enrolment code, or hold the code of the manager’s page under the scanner.</source>
        <translation>اكتب رمز التسجيل، أو ضع رمز صفحة المدير تحت القارئ.</translation>
    </message>
    <message>
        <source>Hold the code of the manager’s page under the scanner.</source>
        <translation>ضع رمز صفحة المدير تحت القارئ.</translation>
    </message>
    <message>
        <source>Please connect a scanner. It reads the code of the manager’s page.</source>
        <translation>أوصل قارئ رموز. فهو يقرأ رمز صفحة المدير.</translation>
    </message>
    <message>
        <source>This code sets up no kiosk. Please show the one of the manager’s page.</source>
        <translation>هذا الرمز لا يُعدّ الكشك. اعرض رمز صفحة المدير.</translation>
    </message>
    <message>
        <source>Another server answers. It was told nothing. Please ask for a new code, and check the network.</source>
        <translation>يرد خادم آخر. لم يُرسل إليه شيء. اطلب رمزا جديدا وتحقق من الشبكة.</translation>
    </message>
    <message>
        <source>This code is for another device, and is used up. Please ask for one for a kiosk.</source>
        <translation>هذا الرمز لجهاز آخر، وقد استُهلك. اطلب رمزا لكشك.</translation>
    </message>
</context>
<context>
    <name>ShowTicket</name>
    <message>
        <source>Have a ticket? Hold its code under the scanner to see your place.</source>
        <translation>معك تذكرة؟ ضع رمزها تحت القارئ لترى دورك.</translation>
    </message>
</context>
<context>
    <name>TimeLine</name>
    <message>
        <source>now</source>
        <translation>الآن</translation>
    </message>
    <message>
        <source>come in</source>
        <translation>الدخول</translation>
    </message>
    <message>
        <source>your time</source>
        <translation>وقتك</translation>
    </message>
</context>
<context>
    <name>UnavailablePage</name>
    <message>
        <source>This kiosk gives no numbers now</source>
        <translation>لا يعطي هذا الجهاز أرقامًا الآن</translation>
    </message>
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
    <message>
        <source>I have a number</source>
        <translation>لديّ رقم</translation>
    </message>
    <message>
        <source>No tickets now</source>
        <translation>لا تذاكر الآن</translation>
    </message>
</context>
<context>
    <name>TechnicianPage</name>
    <message>
        <source>Out of order</source>
        <translation>خارج الخدمة</translation>
    </message>
    <message>
        <source>In service</source>
        <translation>في الخدمة</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>الخادم</translation>
    </message>
    <message numerus="yes">
        <source>%n tickets were refused</source>
        <translation>
            <numerusform>لم تُرفض أي تذكرة</numerusform>
            <numerusform>رُفضت تذكرة واحدة</numerusform>
            <numerusform>رُفضت تذكرتان</numerusform>
            <numerusform>رُفضت %n تذاكر</numerusform>
            <numerusform>رُفضت %n تذكرة</numerusform>
            <numerusform>رُفضت %n تذكرة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tickets wait for the server</source>
        <translation>
            <numerusform>لا تذاكر تنتظر الخادم</numerusform>
            <numerusform>تذكرة واحدة تنتظر الخادم</numerusform>
            <numerusform>تذكرتان تنتظران الخادم</numerusform>
            <numerusform>%n تذاكر تنتظر الخادم</numerusform>
            <numerusform>%n تذكرة تنتظر الخادم</numerusform>
            <numerusform>%n تذكرة تنتظر الخادم</numerusform>
        </translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>متصل</translation>
    </message>
    <message>
        <source>Does not answer</source>
        <translation>لا يجيب</translation>
    </message>
    <message>
        <source>A test is being printed.</source>
        <translation>تجري طباعة ورقة تجريبية.</translation>
    </message>
    <message>
        <source>The test was printed and cut.</source>
        <translation>طُبعت الورقة التجريبية وقُصّت.</translation>
    </message>
    <message>
        <source>Looking at the new roll.</source>
        <translation>يجري فحص اللفة الجديدة.</translation>
    </message>
    <message>
        <source>The printer has paper.</source>
        <translation>في الطابعة ورق.</translation>
    </message>
    <message>
        <source>Put a document on the reader.</source>
        <translation>ضع وثيقة على القارئ.</translation>
    </message>
    <message>
        <source>The reader has read it. Nothing was kept.</source>
        <translation>قرأها القارئ ولم يُحفظ شيء.</translation>
    </message>
    <message>
        <source>Hold any code under the scanner.</source>
        <translation>ضع أي رمز تحت القارئ.</translation>
    </message>
    <message>
        <source>The scanner has read it. Nothing was kept.</source>
        <translation>قرأه القارئ ولم يُحفظ شيء.</translation>
    </message>
    <message>
        <source>New roll</source>
        <translation>لفة ورق جديدة</translation>
    </message>
    <message>
        <source>Test print</source>
        <translation>طباعة تجريبية</translation>
    </message>
    <message>
        <source>More</source>
        <translation>المزيد</translation>
    </message>
    <message>
        <source>Test reader</source>
        <translation>تجربة القارئ</translation>
    </message>
    <message>
        <source>Test scanner</source>
        <translation>تجربة الرموز</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>العناوين</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>إعادة التشغيل</translation>
    </message>
    <message>
        <source>Put in service</source>
        <translation>إعادة إلى الخدمة</translation>
    </message>
    <message>
        <source>Take out of order</source>
        <translation>إيقاف الخدمة</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>أقل</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
    <message>
        <source>Change nothing</source>
        <translation>رجوع دون تغيير</translation>
    </message>
    <message>
        <source>Put a document on the chip reader.</source>
        <translation>ضع وثيقة على قارئ الشرائح.</translation>
    </message>
    <message>
        <source>A chip has answered. Nothing was read.</source>
        <translation>أجابت شريحة. لم يُقرأ أي شيء.</translation>
    </message>
    <message>
        <source>Test chip reader</source>
        <translation>اختبار قارئ الشرائح</translation>
    </message>
    <message>
        <source>Test card terminal</source>
        <translation>اختبار جهاز البطاقة</translation>
    </message>
    <message>
        <source>The card terminal is being asked.</source>
        <translation>يُسأل جهاز البطاقة.</translation>
    </message>
    <message>
        <source>The card terminal has answered, and is ready.</source>
        <translation>أجاب جهاز البطاقة، وهو جاهز.</translation>
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
        <source>Print my ticket</source>
        <translation>اطبع تذكرتي</translation>
    </message>
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
        <source>%n numbers before you</source>
        <translation>
            <numerusform>لا أحد قبلك</numerusform>
            <numerusform>رقم واحد قبلك</numerusform>
            <numerusform>رقمان قبلك</numerusform>
            <numerusform>%n أرقام قبلك</numerusform>
            <numerusform>%n رقمًا قبلك</numerusform>
            <numerusform>%n رقم قبلك</numerusform>
        </translation>
    </message>
    <message>
        <source>You asked to go first. Staff will decide.</source>
        <translation>طلبتَ الأولوية. القرار للموظفين.</translation>
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
    <message>
        <source>You are late for %1. You keep your place.</source>
        <translation>تأخرت عن %1. مكانك محفوظ.</translation>
    </message>
    <message>
        <source>Your time is %1. It is kept.</source>
        <translation>وقتك %1. وهو محفوظ.</translation>
    </message>
    <message>
        <source>You are on time for %1</source>
        <translation>وصلت في الوقت: %1</translation>
    </message>
    <message>
        <source>Your form is filled in</source>
        <translation>استمارتك مملوءة</translation>
    </message>
    <message>
        <source>Fill in my form</source>
        <translation>املأ استمارتي</translation>
    </message>
</context>
<context>
    <name>OwedLine</name>
    <message>
        <source>Your fee is paid</source>
        <translation>الرسم مدفوع</translation>
    </message>
    <message>
        <source>Fee: %1</source>
        <translation>الرسوم: %1</translation>
    </message>
    <message>
        <source>%1, pay at the counter</source>
        <translation>%1، الدفع عند الشباك</translation>
    </message>
    <message>
        <source>%1, pay later: %2</source>
        <translation>%1، ادفع لاحقًا: %2</translation>
    </message>
</context>
<context>
    <name>WaitLine</name>
    <message numerus="yes">
        <source>Up to %n minutes, at the latest %1</source>
        <translation>
            <numerusform>أقل من دقيقة، %1 على أبعد تقدير</numerusform>
            <numerusform>حتى دقيقة واحدة، %1 على أبعد تقدير</numerusform>
            <numerusform>حتى دقيقتين، %1 على أبعد تقدير</numerusform>
            <numerusform>حتى %n دقائق، %1 على أبعد تقدير</numerusform>
            <numerusform>حتى %n دقيقة، %1 على أبعد تقدير</numerusform>
            <numerusform>حتى %n دقيقة، %1 على أبعد تقدير</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About %2 to %n minutes, at the latest %1</source>
        <translation>
            <numerusform>نحو %2 إلى %n دقيقة، %1 على أبعد تقدير</numerusform>
            <numerusform>نحو %2 إلى دقيقة، %1 على أبعد تقدير</numerusform>
            <numerusform>نحو %2 إلى دقيقتين، %1 على أبعد تقدير</numerusform>
            <numerusform>نحو %2 إلى %n دقائق، %1 على أبعد تقدير</numerusform>
            <numerusform>نحو %2 إلى %n دقيقة، %1 على أبعد تقدير</numerusform>
            <numerusform>نحو %2 إلى %n دقيقة، %1 على أبعد تقدير</numerusform>
        </translation>
    </message>
    <message>
        <source>We may not reach you before closing. Please ask staff.</source>
        <translation>قد لا يصل دورك قبل الإغلاق. من فضلك اسأل الموظفين.</translation>
    </message>
</context>
<context>
    <name>ClosedservicePage</name>
    <message>
        <source>If you have a number or an appointment for it, please stay. You will be called.</source>
        <translation>إذا كان معك رقم أو موعد لها فابقَ من فضلك. سيتم نداؤك.</translation>
    </message>
    <message>
        <source>This is closed for today</source>
        <translation>هذه الخدمة مغلقة اليوم</translation>
    </message>
    <message>
        <source>Free: %1</source>
        <translation>متاح: %1</translation>
    </message>
    <message>
        <source>See which days are free</source>
        <translation>انظر الأيام المتاحة</translation>
    </message>
    <message>
        <source>Come another day</source>
        <translation>تعال في يوم آخر</translation>
    </message>
    <message>
        <source>Choose something else</source>
        <translation>اختر خدمة أخرى</translation>
    </message>
    <message>
        <source>Talk to staff now</source>
        <translation>تحدث إلى الموظفين الآن</translation>
    </message>
    <message>
        <source>It cannot wait</source>
        <translation>لا يمكنني الانتظار</translation>
    </message>
</context>
<context>
    <name>ClosingPage</name>
    <message>
        <source>We close at %1.</source>
        <translation>نغلق الساعة %1.</translation>
    </message>
    <message>
        <source>We may not reach you before closing today</source>
        <translation>قد لا يصل دورك اليوم قبل الإغلاق</translation>
    </message>
    <message>
        <source>You have paid nothing.</source>
        <translation>لم تدفع شيئًا.</translation>
    </message>
    <message>
        <source>Free: %1</source>
        <translation>متاح: %1</translation>
    </message>
    <message>
        <source>See which days are free</source>
        <translation>انظر الأيام المتاحة</translation>
    </message>
    <message>
        <source>Come another day</source>
        <translation>تعال في يوم آخر</translation>
    </message>
    <message>
        <source>Talk to staff now</source>
        <translation>تحدث إلى الموظفين الآن</translation>
    </message>
    <message>
        <source>It cannot wait</source>
        <translation>لا يمكنني الانتظار</translation>
    </message>
    <message>
        <source>We may have no time for you today</source>
        <translation>قد لا يكون لدينا وقت لك اليوم</translation>
    </message>
    <message>
        <source>Take a number all the same</source>
        <translation>خذ رقمًا مع ذلك</translation>
    </message>
</context>
<context>
    <name>WaitWords</name>
    <message>
        <source>Not before closing today</source>
        <translation>ليس قبل الإغلاق اليوم</translation>
    </message>
    <message numerus="yes">
        <source>Up to %n minutes</source>
        <translation>
            <numerusform>أقل من دقيقة</numerusform>
            <numerusform>حتى دقيقة واحدة</numerusform>
            <numerusform>حتى دقيقتين</numerusform>
            <numerusform>حتى %n دقائق</numerusform>
            <numerusform>حتى %n دقيقة</numerusform>
            <numerusform>حتى %n دقيقة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About %1 to %n minutes</source>
        <translation>
            <numerusform>نحو %1 إلى %n دقيقة</numerusform>
            <numerusform>نحو %1 إلى دقيقة</numerusform>
            <numerusform>نحو %1 إلى دقيقتين</numerusform>
            <numerusform>نحو %1 إلى %n دقائق</numerusform>
            <numerusform>نحو %1 إلى %n دقيقة</numerusform>
            <numerusform>نحو %1 إلى %n دقيقة</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VisitSteps</name>
    <message>
        <source>Your steps</source>
        <translation>خطواتك</translation>
    </message>
</context>
<context>
    <name>NumberCard</name>
    <message>
        <source>Your number</source>
        <translation>رقمك</translation>
    </message>
    <message>
        <source>Your place is safe.</source>
        <translation>دورك محفوظ.</translation>
    </message>
</context>
<context>
    <name>SideWords</name>
    <message>
        <source>The card terminal is on the left of this screen.</source>
        <translation>جهاز البطاقة على يسار هذه الشاشة.</translation>
    </message>
    <message>
        <source>The card terminal is below this screen.</source>
        <translation>جهاز البطاقة أسفل هذه الشاشة.</translation>
    </message>
    <message>
        <source>The card terminal is on the right of this screen.</source>
        <translation>جهاز البطاقة على يمين هذه الشاشة.</translation>
    </message>
    <message>
        <source>The glass is on the left of this screen.</source>
        <translation>الزجاج على يسار هذه الشاشة.</translation>
    </message>
    <message>
        <source>The glass is below this screen.</source>
        <translation>الزجاج أسفل هذه الشاشة.</translation>
    </message>
    <message>
        <source>The glass is on the right of this screen.</source>
        <translation>الزجاج على يمين هذه الشاشة.</translation>
    </message>
</context>
<context>
    <name>CollectPage</name>
    <message>
        <source>Open it at the photo. Photo side down.</source>
        <translation>افتحه على صفحة الصورة. الصورة إلى الأسفل.</translation>
    </message>
    <message>
        <source>Put your passport or ID card on the glass</source>
        <translation>ضع جواز سفرك أو بطاقة هويتك على الزجاج</translation>
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
        <source>It says what is here for you. An old one is enough. This kiosk keeps nothing.</source>
        <translation>يُظهر ما يوجد هنا لك. تكفي وثيقة قديمة. لا يحتفظ هذا الجهاز بشيء.</translation>
    </message>
    <message>
        <source>Twelve digits from our message</source>
        <translation>اثنا عشر رقمًا من رسالتنا</translation>
    </message>
    <message>
        <source>I have a code</source>
        <translation>معي رمز</translation>
    </message>
    <message>
        <source>Also if you collect for somebody else</source>
        <translation>وأيضًا إذا كنت تستلم لشخص آخر</translation>
    </message>
    <message>
        <source>I have neither</source>
        <translation>ليس معي أيٌّ منهما</translation>
    </message>
</context>
<context>
    <name>PasscodePage</name>
    <message>
        <source>Compare it with our message. One digit is wrong.</source>
        <translation>قارنه برسالتنا. أحد الأرقام خطأ.</translation>
    </message>
    <message>
        <source>The code opens one door, once.</source>
        <translation>يفتح الرمز بابًا واحدًا، مرة واحدة.</translation>
    </message>
    <message>
        <source>Please look at the code again</source>
        <translation>انظر إلى الرمز مرة أخرى من فضلك</translation>
    </message>
    <message>
        <source>Type the twelve digits of our message</source>
        <translation>اكتب الأرقام الاثني عشر من رسالتنا</translation>
    </message>
</context>
<context>
    <name>ItemWords</name>
    <message>
        <source>Passport</source>
        <translation>جواز السفر</translation>
    </message>
    <message>
        <source>ID card</source>
        <translation>بطاقة الهوية</translation>
    </message>
    <message>
        <source>Residence permit</source>
        <translation>تصريح الإقامة</translation>
    </message>
    <message>
        <source>Travel document</source>
        <translation>وثيقة السفر</translation>
    </message>
    <message>
        <source>Birth record</source>
        <translation>شهادة الميلاد</translation>
    </message>
    <message>
        <source>Marriage record</source>
        <translation>شهادة الزواج</translation>
    </message>
    <message>
        <source>Death record</source>
        <translation>شهادة الوفاة</translation>
    </message>
    <message>
        <source>Paper of a court</source>
        <translation>وثيقة محكمة</translation>
    </message>
    <message>
        <source>Diploma</source>
        <translation>شهادة دراسية</translation>
    </message>
    <message>
        <source>Translation</source>
        <translation>ترجمة</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>صورة</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>استمارة</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>وثيقة</translation>
    </message>
    <message>
        <source>Ready here</source>
        <translation>جاهز هنا</translation>
    </message>
    <message>
        <source>At the counter</source>
        <translation>عند الشباك</translation>
    </message>
    <message>
        <source>Not ready yet</source>
        <translation>ليس جاهزًا بعد</translation>
    </message>
</context>
<context>
    <name>FindingsPage</name>
    <message>
        <source>We look for what is here for you.</source>
        <translation>نبحث عمّا يوجد هنا لك.</translation>
    </message>
    <message>
        <source>Try again, or ask staff.</source>
        <translation>حاول مرة أخرى، أو اسأل الموظفين.</translation>
    </message>
    <message>
        <source>If you collect for somebody else, show staff the letter first.</source>
        <translation>إذا كنت تستلم لشخص آخر، فأرِ الموظفين الرسالة أولًا.</translation>
    </message>
    <message>
        <source>Staff can help you now.</source>
        <translation>يمكن للموظفين مساعدتك الآن.</translation>
    </message>
    <message>
        <source>Your documents are safe. Please ask staff.</source>
        <translation>وثائقك في أمان. اسأل الموظفين من فضلك.</translation>
    </message>
    <message>
        <source>Take them one after another.</source>
        <translation>خذها واحدة تلو الأخرى.</translation>
    </message>
    <message>
        <source>A door opens. Take it and close the door.</source>
        <translation>يُفتح باب. خذ وثيقتك وأغلق الباب.</translation>
    </message>
    <message>
        <source>Take a number. Staff give it to you.</source>
        <translation>خذ رقمًا. يسلّمها لك الموظفون.</translation>
    </message>
    <message>
        <source>If you left an e-mail or phone number, we write to you.</source>
        <translation>إن تركت بريدًا إلكترونيًا أو رقم هاتف، نراسلك عندما تصل.</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>لحظة من فضلك</translation>
    </message>
    <message>
        <source>This code does not open a door</source>
        <translation>هذا الرمز لا يفتح بابًا</translation>
    </message>
    <message>
        <source>Nothing is here for this document</source>
        <translation>لا يوجد شيء هنا لهذه الوثيقة</translation>
    </message>
    <message numerus="yes">
        <source>Nothing can be tried here for %n minutes</source>
        <translation>
            <numerusform>لا محاولات هنا الآن</numerusform>
            <numerusform>لا محاولات هنا لدقيقة واحدة</numerusform>
            <numerusform>لا محاولات هنا لدقيقتين</numerusform>
            <numerusform>لا محاولات هنا لمدة %n دقائق</numerusform>
            <numerusform>لا محاولات هنا لمدة %n دقيقة</numerusform>
            <numerusform>لا محاولات هنا لمدة %n دقيقة</numerusform>
        </translation>
    </message>
    <message>
        <source>We cannot look now</source>
        <translation>لا يمكننا البحث الآن</translation>
    </message>
    <message>
        <source>Your document is ready</source>
        <translation>وثيقتك جاهزة</translation>
    </message>
    <message>
        <source>Your document is not ready yet</source>
        <translation>وثيقتك ليست جاهزة بعد</translation>
    </message>
    <message>
        <source>Your document is at the counter</source>
        <translation>وثيقتك عند الشباك</translation>
    </message>
    <message numerus="yes">
        <source>%n documents for you</source>
        <translation>
            <numerusform>لا وثائق لك</numerusform>
            <numerusform>وثيقة واحدة لك</numerusform>
            <numerusform>وثيقتان لك</numerusform>
            <numerusform>%n وثائق لك</numerusform>
            <numerusform>%n وثيقة لك</numerusform>
            <numerusform>%n وثيقة لك</numerusform>
        </translation>
    </message>
    <message>
        <source>Please wait</source>
        <translation>انتظر من فضلك</translation>
    </message>
    <message numerus="yes">
        <source>and %n more documents</source>
        <translation>
            <numerusform>ولا غيرها</numerusform>
            <numerusform>وواحدة أخرى</numerusform>
            <numerusform>واثنتان أخريان</numerusform>
            <numerusform>و%n أخرى</numerusform>
            <numerusform>و%n أخرى</numerusform>
            <numerusform>و%n أخرى</numerusform>
        </translation>
    </message>
    <message>
        <source>Open the door</source>
        <translation>افتح الباب</translation>
    </message>
    <message>
        <source>Take a number for the counter</source>
        <translation>خذ رقمًا للشباك</translation>
    </message>
    <message>
        <source>Call staff</source>
        <translation>استدعاء موظف</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>حاول مرة أخرى</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
</context>
<context>
    <name>LockerPage</name>
    <message>
        <source>This takes longer. Please stay here.</source>
        <translation>يستغرق هذا وقتًا أطول. ابقَ هنا من فضلك.</translation>
    </message>
    <message>
        <source>Please look at the lockers.</source>
        <translation>انظر إلى الخزائن من فضلك.</translation>
    </message>
    <message>
        <source>Take your document. Close the door.</source>
        <translation>خذ وثيقتك. أغلق الباب.</translation>
    </message>
    <message>
        <source>Please close the door, also if you leave something in it.</source>
        <translation>أغلق الباب من فضلك، حتى لو تركت فيه شيئًا.</translation>
    </message>
    <message>
        <source>Staff are called. Please close the door.</source>
        <translation>تم استدعاء الموظفين. أغلق الباب من فضلك.</translation>
    </message>
    <message>
        <source>Open it once more and take it, or leave it there.</source>
        <translation>افتحه مرة أخرى وخذها، أو اتركها هناك.</translation>
    </message>
    <message>
        <source>Somebody else is at the lockers. Wait until their door is closed.</source>
        <translation>شخص آخر عند الخزائن. انتظر حتى يُغلق بابه.</translation>
    </message>
    <message>
        <source>We are sorry. Staff are called. Your document is safe.</source>
        <translation>نعتذر. تم استدعاء الموظفين. وثيقتك في أمان.</translation>
    </message>
    <message>
        <source>Staff are called. Please stay here.</source>
        <translation>تم استدعاء الموظفين. ابقَ هنا من فضلك.</translation>
    </message>
    <message>
        <source>It is too long ago that you showed your document.</source>
        <translation>مضى وقت طويل منذ أن أظهرت وثيقتك.</translation>
    </message>
    <message>
        <source>We cannot reach the lockers. Your document is safe.</source>
        <translation>لا يمكننا الوصول إلى الخزائن. وثيقتك في أمان.</translation>
    </message>
    <message>
        <source>Door %1 opens</source>
        <translation>يُفتح الباب %1</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>لحظة من فضلك</translation>
    </message>
    <message>
        <source>Door %1 is open</source>
        <translation>الباب %1 مفتوح</translation>
    </message>
    <message>
        <source>Please close door %1</source>
        <translation>أغلق الباب %1 من فضلك</translation>
    </message>
    <message>
        <source>Your document is still in door %1</source>
        <translation>وثيقتك ما زالت في الباب %1</translation>
    </message>
    <message>
        <source>Another door is open</source>
        <translation>باب آخر مفتوح</translation>
    </message>
    <message>
        <source>Door %1 does not open</source>
        <translation>الباب %1 لا يُفتح</translation>
    </message>
    <message>
        <source>The door does not open</source>
        <translation>الباب لا يُفتح</translation>
    </message>
    <message>
        <source>Please wait for staff</source>
        <translation>انتظر الموظفين من فضلك</translation>
    </message>
    <message>
        <source>Please begin again</source>
        <translation>ابدأ من جديد من فضلك</translation>
    </message>
    <message>
        <source>The door does not open now</source>
        <translation>الباب لا يُفتح الآن</translation>
    </message>
    <message>
        <source>Please wait</source>
        <translation>انتظر من فضلك</translation>
    </message>
    <message>
        <source>This page goes on by itself when the door is closed.</source>
        <translation>تتابع هذه الصفحة تلقائيًا عندما يُغلق الباب.</translation>
    </message>
    <message>
        <source>The door is still open</source>
        <translation>ما زال الباب مفتوحًا</translation>
    </message>
    <message>
        <source>You will still be helped</source>
        <translation>ستتم مساعدتك في كل الأحوال</translation>
    </message>
    <message>
        <source>The door is closed</source>
        <translation>الباب مغلق</translation>
    </message>
    <message>
        <source>Something is wrong</source>
        <translation>هناك مشكلة</translation>
    </message>
    <message>
        <source>Open it once more</source>
        <translation>افتحه مرة أخرى</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>حاول مرة أخرى</translation>
    </message>
    <message>
        <source>Leave it there</source>
        <translation>اتركها هناك</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
</context>
<context>
    <name>CollectedPage</name>
    <message numerus="yes">
        <source>%n more documents for you</source>
        <translation>
            <numerusform>لا وثائق أخرى لك</numerusform>
            <numerusform>وثيقة أخرى لك</numerusform>
            <numerusform>وثيقتان أخريان لك</numerusform>
            <numerusform>%n وثائق أخرى لك</numerusform>
            <numerusform>%n وثيقة أخرى لك</numerusform>
            <numerusform>%n وثيقة أخرى لك</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep it safe. Goodbye.</source>
        <translation>احتفظ بها في أمان. مع السلامة.</translation>
    </message>
    <message>
        <source>Thank you. You have your document.</source>
        <translation>شكرًا. وثيقتك معك.</translation>
    </message>
    <message>
        <source>Door %1 is closed</source>
        <translation>الباب %1 مغلق</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>متابعة</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
    <message>
        <source>Print a receipt</source>
        <translation>اطبع إيصالًا</translation>
    </message>
    <message>
        <source>Your receipt is printing</source>
        <translation>تتم طباعة إيصالك</translation>
    </message>
    <message>
        <source>Take your receipt below</source>
        <translation>خذ إيصالك من الأسفل</translation>
    </message>
    <message>
        <source>No paper now. We have noted that you took it.</source>
        <translation>لا يوجد ورق الآن. سجّلنا أنك استلمتها.</translation>
    </message>
</context>
<context>
    <name>AsOf</name>
    <message>
        <source>As of %1, %2</source>
        <translation>كما في %1، %2</translation>
    </message>
</context>
<context>
    <name>TopicsPage</name>
    <message>
        <source>Touch one.</source>
        <translation>المس واحدة.</translation>
    </message>
    <message>
        <source>What would you like to know?</source>
        <translation>ماذا تريد أن تعرف؟</translation>
    </message>
</context>
<context>
    <name>TopicPage</name>
    <message>
        <source>This may be out of date. Please ask staff.</source>
        <translation>ربما لم يعد هذا صحيحًا. اسأل الموظفين.</translation>
    </message>
    <message>
        <source>It is printing</source>
        <translation>تجري الطباعة</translation>
    </message>
    <message>
        <source>Take your paper below</source>
        <translation>خذ ورقتك من الأسفل</translation>
    </message>
    <message>
        <source>No paper now. Please ask staff.</source>
        <translation>لا يوجد ورق الآن. اسأل الموظفين.</translation>
    </message>
    <message>
        <source>Print this page</source>
        <translation>اطبع هذه الصفحة</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
</context>
<context>
    <name>DayWords</name>
    <message>
        <source>Today</source>
        <translation>اليوم</translation>
    </message>
    <message>
        <source>Tomorrow, %1</source>
        <translation>غدًا، %1</translation>
    </message>
    <message>
        <source>Today at %1</source>
        <translation>اليوم الساعة %1</translation>
    </message>
    <message>
        <source>Tomorrow at %1</source>
        <translation>غدًا الساعة %1</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 الساعة %2</translation>
    </message>
</context>
<context>
    <name>TimesPage</name>
    <message>
        <source>Somebody else has just taken that time.</source>
        <translation>أخذ شخص آخر هذا الوقت للتو.</translation>
    </message>
    <message>
        <source>Touch one. Then it is kept for you.</source>
        <translation>المس واحدًا، فيُحفظ لك.</translation>
    </message>
    <message>
        <source>We look which times are free.</source>
        <translation>نبحث عن الأوقات المتاحة.</translation>
    </message>
    <message>
        <source>Look again later, or on your phone. Staff can help you too.</source>
        <translation>أعد المحاولة لاحقًا أو من هاتفك. ويمكن للموظفين مساعدتك أيضًا.</translation>
    </message>
    <message>
        <source>This is done without an appointment. Staff help you.</source>
        <translation>تُنجز هذه الخدمة من دون موعد. يساعدك الموظفون.</translation>
    </message>
    <message>
        <source>We do not hear the server. Try again, or use your phone.</source>
        <translation>الخادم لا يجيب. حاول مرة أخرى أو استخدم هاتفك.</translation>
    </message>
    <message>
        <source>When can you come?</source>
        <translation>متى يمكنك الحضور؟</translation>
    </message>
    <message>
        <source>Which day?</source>
        <translation>أي يوم؟</translation>
    </message>
    <message>
        <source>At what time?</source>
        <translation>في أي ساعة؟</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>لحظة من فضلك</translation>
    </message>
    <message>
        <source>No time is free in the next weeks</source>
        <translation>لا وقت متاح في الأسابيع القادمة</translation>
    </message>
    <message>
        <source>We give no times for this</source>
        <translation>لا نعطي أوقاتًا لهذه الخدمة</translation>
    </message>
    <message>
        <source>We cannot look for times now</source>
        <translation>لا يمكننا البحث عن الأوقات الآن</translation>
    </message>
    <message>
        <source>Please wait</source>
        <translation>انتظر من فضلك</translation>
    </message>
    <message>
        <source>Later days</source>
        <translation>أيام لاحقة</translation>
    </message>
    <message>
        <source>Later times</source>
        <translation>أوقات لاحقة</translation>
    </message>
    <message>
        <source>Another day or time</source>
        <translation>يوم آخر أو وقت آخر</translation>
    </message>
    <message>
        <source>Choose something else</source>
        <translation>اختيار شيء آخر</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>حاول مرة أخرى</translation>
    </message>
    <message>
        <source>Talk to staff</source>
        <translation>التحدث إلى الموظفين</translation>
    </message>
    <message>
        <source>It is done by telephone or video. Book it on your phone.</source>
        <translation>تُنجز هذه الخدمة بالهاتف أو بالفيديو. احجزها من هاتفك.</translation>
    </message>
    <message>
        <source>You need not come for this</source>
        <translation>لا حاجة إلى الحضور من أجل هذا</translation>
    </message>
</context>
<context>
    <name>HeldPage</name>
    <message>
        <source>One moment, please</source>
        <translation>لحظة من فضلك</translation>
    </message>
    <message>
        <source>We keep it for you until %1.</source>
        <translation>نحفظه لك حتى الساعة %1.</translation>
    </message>
    <message>
        <source>%1 at %2. Is this right?</source>
        <translation>%1 الساعة %2. هل هذا صحيح؟</translation>
    </message>
    <message numerus="yes">
        <source>For %n people</source>
        <translation>
            <numerusform>لا أحد</numerusform>
            <numerusform>لشخص واحد</numerusform>
            <numerusform>لشخصين</numerusform>
            <numerusform>لـ %n أشخاص</numerusform>
            <numerusform>لـ %n شخصًا</numerusform>
            <numerusform>لـ %n شخص</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody has answered. Please try again.</source>
        <translation>لم يصل جواب. حاول مرة أخرى من فضلك.</translation>
    </message>
    <message>
        <source>No paper now. Your code will be on the screen.</source>
        <translation>لا ورق الآن. سيظهر رمزك على الشاشة.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>حاول مرة أخرى</translation>
    </message>
    <message>
        <source>Yes, book this time</source>
        <translation>نعم، احجز هذا الوقت</translation>
    </message>
    <message>
        <source>No, another time</source>
        <translation>لا، وقت آخر</translation>
    </message>
    <message>
        <source>Talk to staff</source>
        <translation>التحدث إلى الموظفين</translation>
    </message>
</context>
<context>
    <name>ReservedPage</name>
    <message>
        <source>No paper now. Take a photo, or point the camera of your phone here.</source>
        <translation>لا ورق الآن. التقط صورة أو وجّه كاميرا هاتفك إلى هنا.</translation>
    </message>
    <message>
        <source>Come with this paper, and with what it lists.</source>
        <translation>احضر ومعك هذه الورقة وما هو مذكور فيها.</translation>
    </message>
    <message>
        <source>Booked: %1 at %2</source>
        <translation>تم الحجز: %1 الساعة %2</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>يومك</translation>
    </message>
    <message>
        <source>Your code</source>
        <translation>رمزك</translation>
    </message>
    <message>
        <source>Your paper is printing</source>
        <translation>تُطبع ورقتك</translation>
    </message>
    <message>
        <source>Take your paper below</source>
        <translation>خذ ورقتك من الأسفل</translation>
    </message>
    <message>
        <source>I have my code</source>
        <translation>معي رمزي</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
</context>
<context>
    <name>AnswersPage</name>
    <message>
        <source>Please answer this</source>
        <translation>أجب عن هذا من فضلك</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>لا إجابة</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>نعم</translation>
    </message>
    <message>
        <source>No</source>
        <translation>لا</translation>
    </message>
    <message>
        <source>Touch one to change it. Nothing is sent yet.</source>
        <translation>المس إجابة لتغييرها. لم يُرسل شيء بعد.</translation>
    </message>
    <message>
        <source>Is this right?</source>
        <translation>هل هذا صحيح؟</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>لا مزيد</numerusform>
            <numerusform>واحد آخر</numerusform>
            <numerusform>اثنان آخران</numerusform>
            <numerusform>%n أخرى</numerusform>
            <numerusform>%n أخرى</numerusform>
            <numerusform>%n أخرى</numerusform>
        </translation>
    </message>
    <message>
        <source>Yes, all is right</source>
        <translation>نعم، كل شيء صحيح</translation>
    </message>
    <message>
        <source>Answer what is missing</source>
        <translation>أجب عما ينقص</translation>
    </message>
</context>
<context>
    <name>ConsentPage</name>
    <message>
        <source>Without it there is no form: staff ask you at the counter.</source>
        <translation>بدونه لا استمارة: يسألك الموظفون عند الشباك.</translation>
    </message>
    <message>
        <source>You can say no, and go on with the form.</source>
        <translation>يمكنك أن ترفض وتتابع الاستمارة.</translation>
    </message>
    <message>
        <source>What your answers are for</source>
        <translation>لماذا نحتاج إلى إجاباتك</translation>
    </message>
    <message>
        <source>Do you also want this?</source>
        <translation>هل تريد هذا أيضًا؟</translation>
    </message>
    <message>
        <source>Yes, I agree</source>
        <translation>نعم، أوافق</translation>
    </message>
    <message>
        <source>No, I tell staff</source>
        <translation>لا، سأخبر الموظفين</translation>
    </message>
    <message>
        <source>No, go on without</source>
        <translation>لا، تابع بدونه</translation>
    </message>
</context>
<context>
    <name>FormcodePage</name>
    <message>
        <source>Ten signs. After it comes the PIN that you chose.</source>
        <translation>عشر علامات. ثم الرقم السري الذي اخترته.</translation>
    </message>
    <message>
        <source>Type the code of your form</source>
        <translation>اكتب رمز استمارتك</translation>
    </message>
</context>
<context>
    <name>FormdonePage</name>
    <message>
        <source>Staff see them when they call you.</source>
        <translation>يراها الموظفون عندما ينادونك.</translation>
    </message>
    <message>
        <source>They are kept for you.</source>
        <translation>إنها محفوظة لك.</translation>
    </message>
    <message>
        <source>Thank you. We have your answers.</source>
        <translation>شكرًا لك. وصلتنا إجاباتك.</translation>
    </message>
    <message>
        <source>With this code and your PIN you open it again</source>
        <translation>بهذا الرمز ورقمك السري تفتحها مرة أخرى</translation>
    </message>
    <message>
        <source>It is kept until %1.</source>
        <translation>تُحفظ حتى %1.</translation>
    </message>
    <message>
        <source>Your paper is printing</source>
        <translation>تُطبع ورقتك</translation>
    </message>
    <message>
        <source>Take your paper below</source>
        <translation>خذ ورقتك من الأسفل</translation>
    </message>
    <message>
        <source>No paper now. Please write the code down.</source>
        <translation>لا ورق الآن. اكتب الرمز من فضلك.</translation>
    </message>
    <message>
        <source>Your number is still %1</source>
        <translation>ما زال رقمك %1</translation>
    </message>
    <message>
        <source>Fill in the next form</source>
        <translation>املأ الاستمارة التالية</translation>
    </message>
    <message>
        <source>I have written it down</source>
        <translation>كتبته</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
</context>
<context>
    <name>FormlistPage</name>
    <message>
        <source>Staff fill it in with you at the counter.</source>
        <translation>يملؤها الموظفون معك عند الشباك.</translation>
    </message>
    <message>
        <source>Staff get your answers. You keep your number.</source>
        <translation>تصل إجاباتك إلى الموظفين. ويبقى رقمك لك.</translation>
    </message>
    <message>
        <source>The forms cannot be reached now</source>
        <translation>لا يمكن الوصول إلى الاستمارات الآن</translation>
    </message>
    <message>
        <source>Fill in your form while you wait</source>
        <translation>املأ استمارتك أثناء الانتظار</translation>
    </message>
    <message>
        <source>I have begun one, and have a code</source>
        <translation>بدأت استمارة ومعي رمزها</translation>
    </message>
    <message>
        <source>Back to my number</source>
        <translation>العودة إلى رقمي</translation>
    </message>
</context>
<context>
    <name>FormpinPage</name>
    <message>
        <source>The 6 to 8 digits that you chose. Staff do not know them.</source>
        <translation>من 6 إلى 8 أرقام اخترتها أنت. الموظفون لا يعرفونها.</translation>
    </message>
    <message>
        <source>Type the PIN of your form</source>
        <translation>اكتب الرقم السري لاستمارتك</translation>
    </message>
</context>
<context>
    <name>FormstatePage</name>
    <message>
        <source>Try again</source>
        <translation>حاول مرة أخرى</translation>
    </message>
    <message>
        <source>Change this answer</source>
        <translation>تغيير هذه الإجابة</translation>
    </message>
    <message>
        <source>Read it again</source>
        <translation>اقرأها مرة أخرى</translation>
    </message>
    <message>
        <source>Your answers are being kept.</source>
        <translation>يجري حفظ إجاباتك.</translation>
    </message>
    <message>
        <source>We look for your form.</source>
        <translation>نبحث عن استمارتك.</translation>
    </message>
    <message>
        <source>Your answers are still here. Try again, or tell them to staff.</source>
        <translation>إجاباتك ما زالت هنا. حاول مرة أخرى أو أخبر الموظفين بها.</translation>
    </message>
    <message>
        <source>Try again, or ask staff.</source>
        <translation>حاول مرة أخرى أو اسأل الموظفين.</translation>
    </message>
    <message>
        <source>Or the form is not kept any more. Try again, or ask staff.</source>
        <translation>أو أن الاستمارة لم تعد محفوظة. حاول مرة أخرى أو اسأل الموظفين.</translation>
    </message>
    <message>
        <source>Staff can help you now.</source>
        <translation>يمكن للموظفين مساعدتك الآن.</translation>
    </message>
    <message>
        <source>Please look at it once more.</source>
        <translation>انظر إليها مرة أخرى من فضلك.</translation>
    </message>
    <message>
        <source>Please fill it in with staff, at the counter.</source>
        <translation>املأها مع الموظفين عند الشباك.</translation>
    </message>
    <message>
        <source>You can tell staff at the counter. You keep your number.</source>
        <translation>يمكنك إخبار الموظفين عند الشباك. ويبقى رقمك لك.</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>لحظة من فضلك</translation>
    </message>
    <message>
        <source>We cannot keep your answers now</source>
        <translation>لا يمكننا حفظ إجاباتك الآن</translation>
    </message>
    <message>
        <source>We cannot look now</source>
        <translation>لا يمكننا البحث الآن</translation>
    </message>
    <message>
        <source>The code or the PIN is not right</source>
        <translation>الرمز أو الرقم السري غير صحيح</translation>
    </message>
    <message numerus="yes">
        <source>Nothing can be tried here for %n minutes</source>
        <translation>
            <numerusform>لا محاولات هنا الآن</numerusform>
            <numerusform>لا محاولات هنا لدقيقة واحدة</numerusform>
            <numerusform>لا محاولات هنا لدقيقتين</numerusform>
            <numerusform>لا محاولات هنا لمدة %n دقائق</numerusform>
            <numerusform>لا محاولات هنا لمدة %n دقيقة</numerusform>
            <numerusform>لا محاولات هنا لمدة %n دقيقة</numerusform>
        </translation>
    </message>
    <message>
        <source>One answer cannot be kept</source>
        <translation>لا يمكن حفظ إحدى الإجابات</translation>
    </message>
    <message>
        <source>This form is not here any more</source>
        <translation>لم تعد هذه الاستمارة هنا</translation>
    </message>
    <message>
        <source>That is all right</source>
        <translation>لا بأس في ذلك</translation>
    </message>
    <message>
        <source>Please wait</source>
        <translation>انتظر من فضلك</translation>
    </message>
    <message>
        <source>Call staff</source>
        <translation>استدعاء موظف</translation>
    </message>
    <message>
        <source>Go on without the form</source>
        <translation>تابع بدون الاستمارة</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
</context>
<context>
    <name>KKeyboard</name>
    <message>
        <source>Erase</source>
        <translation>مسح</translation>
    </message>
    <message>
        <source>Latin letters</source>
        <translation>الأحرف اللاتينية</translation>
    </message>
    <message>
        <source>Letters with accents</source>
        <translation>الأحرف ذات العلامات</translation>
    </message>
    <message>
        <source>Arabic letters</source>
        <translation>الأحرف العربية</translation>
    </message>
    <message>
        <source>Digits and signs</source>
        <translation>الأرقام والرموز</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>مسافة</translation>
    </message>
</context>
<context>
    <name>KeepPage</name>
    <message>
        <source>Staff get your answers with your number either way.</source>
        <translation>في الحالتين تصل إجاباتك مع رقمك إلى الموظفين.</translation>
    </message>
    <message>
        <source>Do you want to change it later?</source>
        <translation>هل تريد تغييرها لاحقًا؟</translation>
    </message>
    <message>
        <source>You choose a PIN, and get a code on paper</source>
        <translation>تختار رقمًا سريًا وتحصل على رمز مطبوع</translation>
    </message>
    <message>
        <source>Yes, here or at home</source>
        <translation>نعم، هنا أو في البيت</translation>
    </message>
    <message>
        <source>You can still tell staff</source>
        <translation>ما زال بإمكانك إخبار الموظفين</translation>
    </message>
    <message>
        <source>No, that is all</source>
        <translation>لا، هذا كل شيء</translation>
    </message>
</context>
<context>
    <name>NewpinPage</name>
    <message>
        <source>That one is easy to guess. Please choose another.</source>
        <translation>هذا يسهل تخمينه. اختر رقمًا آخر من فضلك.</translation>
    </message>
    <message>
        <source>The two were not the same. Please choose once more.</source>
        <translation>الرقمان غير متطابقين. اختر مرة أخرى من فضلك.</translation>
    </message>
    <message>
        <source>So that no finger slipped.</source>
        <translation>للتأكد من أن الإصبع لم يخطئ.</translation>
    </message>
    <message>
        <source>Remember it. Nobody can tell it to you.</source>
        <translation>تذكّره. لا أحد يستطيع أن يخبرك به.</translation>
    </message>
    <message>
        <source>Type the same PIN once more</source>
        <translation>اكتب الرقم السري نفسه مرة أخرى</translation>
    </message>
    <message>
        <source>Choose a PIN of 6 to 8 digits</source>
        <translation>اختر رقمًا سريًا من 6 إلى 8 أرقام</translation>
    </message>
</context>
<context>
    <name>PrefillPage</name>
    <message>
        <source>We read its printed lines once, for this form alone.</source>
        <translation>نقرأ سطوره المطبوعة مرة واحدة، لهذه الاستمارة فقط.</translation>
    </message>
    <message>
        <source>Open it at the photo. Photo side down.</source>
        <translation>افتحه على صفحة الصورة. الصورة إلى الأسفل.</translation>
    </message>
    <message>
        <source>Shall we take this from your passport or ID card?</source>
        <translation>هل نأخذ هذا من جواز سفرك أو بطاقة هويتك؟</translation>
    </message>
    <message>
        <source>Put your passport or ID card on the glass</source>
        <translation>ضع جواز سفرك أو بطاقة هويتك على الزجاج</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>ولا مزيد</numerusform>
            <numerusform>وواحد آخر</numerusform>
            <numerusform>واثنان آخران</numerusform>
            <numerusform>و%n أخرى</numerusform>
            <numerusform>و%n أخرى</numerusform>
            <numerusform>و%n أخرى</numerusform>
        </translation>
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
        <source>You see everything before it is sent. This kiosk keeps nothing.</source>
        <translation>ترى كل شيء قبل إرساله. هذا الجهاز لا يحتفظ بشيء.</translation>
    </message>
    <message>
        <source>Yes, take it from there</source>
        <translation>نعم، خذه من هناك</translation>
    </message>
    <message>
        <source>No, I type it</source>
        <translation>لا، سأكتبه</translation>
    </message>
</context>
<context>
    <name>FieldPage</name>
    <message>
        <source>Type the first letters.</source>
        <translation>اكتب الأحرف الأولى.</translation>
    </message>
    <message>
        <source>First the year, in four digits.</source>
        <translation>السنة أولًا، بأربعة أرقام.</translation>
    </message>
    <message>
        <source>Which month of %1?</source>
        <translation>أي شهر من %1؟</translation>
    </message>
    <message>
        <source>Which day in %1?</source>
        <translation>أي يوم من %1؟</translation>
    </message>
    <message>
        <source>Please look at the year once more.</source>
        <translation>انظر إلى السنة مرة أخرى من فضلك.</translation>
    </message>
    <message>
        <source>It has to be %1 or more.</source>
        <translation>يجب أن يكون %1 أو أكثر.</translation>
    </message>
    <message>
        <source>It can be %1 at most.</source>
        <translation>%1 على الأكثر.</translation>
    </message>
    <message>
        <source>It has to be between %1 and %2.</source>
        <translation>يجب أن يكون بين %1 و%2.</translation>
    </message>
    <message>
        <source>An e-mail address has an @ and a point.</source>
        <translation>في عنوان البريد الإلكتروني @ ونقطة.</translation>
    </message>
    <message>
        <source>This answer cannot be kept as it is.</source>
        <translation>لا يمكن حفظ هذه الإجابة كما هي.</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>نعم</translation>
    </message>
    <message>
        <source>No</source>
        <translation>لا</translation>
    </message>
    <message>
        <source>You change one answer</source>
        <translation>تغيّر إجابة واحدة</translation>
    </message>
    <message>
        <source>Question %1 of %2</source>
        <translation>السؤال %1 من %2</translation>
    </message>
    <message>
        <source>You answered: %1</source>
        <translation>أجبت: %1</translation>
    </message>
    <message>
        <source>Please type it below</source>
        <translation>اكتبها في الأسفل</translation>
    </message>
    <message>
        <source>You need not answer this</source>
        <translation>لست ملزمًا بالإجابة عن هذا</translation>
    </message>
    <message>
        <source>Go on without an answer</source>
        <translation>تابع بدون إجابة</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>التالي</translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>عرضها</translation>
    </message>
    <message numerus="yes">
        <source>Show %n of them</source>
        <translation>
            <numerusform>لا شيء يطابق</numerusform>
            <numerusform>عرض واحد</numerusform>
            <numerusform>عرض اثنين</numerusform>
            <numerusform>عرض %n منها</numerusform>
            <numerusform>عرض %n منها</numerusform>
            <numerusform>عرض %n منها</numerusform>
        </translation>
    </message>
    <message>
        <source>It begins with + and the code of the country.</source>
        <translation>يبدأ بعلامة + ورمز البلد.</translation>
    </message>
</context>
<context>
    <name>KKeyRows</name>
    <message>
        <source>Capital letters</source>
        <translation>أحرف كبيرة</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>مسح</translation>
    </message>
</context>
</TS>
