import type { BannerDocument, NoticeChanges, NoticeText, PurposeWords, Vendor, Words } from '../../src/contract.js';

const swedishWords: Words = {
  categories: {
    necessary: 'Nödvändiga',
    preferences: 'Inställningar',
    statistics: 'Statistik',
    marketing: 'Marknadsföring',
  },
  always: 'Alltid på',
  details: 'Mer om detta',
  data: 'Uppgifter',
  retention: 'Sparas',
  recipients: 'Mottagare',
  basis: 'Rättslig grund',
  cookies: 'Kakor och annan lagring',
  cookie_name: 'Namn',
  cookie_lifetime: 'Lagringstid',
  cookie_party: 'Används av',
  others: 'Kräver inte samtycke',
  contact: 'Kontakt',
  policy: 'Integritetspolicy',
  gpc: 'Din webbläsare skickar integritetssignalen GPC. Den respekteras här.',
  saved: 'Ditt val är sparat.',
  withdrawn: 'Ditt samtycke är återkallat.',
  gpc_short: 'GPC respekteras',
  gpc_left_out: '”{accept}” omfattar inte det som signalen säger nej till: {purposes}.',
  changed: 'Ändrat sedan du svarade',
  changed_new: 'Nytt',
  takes_back: '”{refuse}” tar också tillbaka det du har godkänt: {purposes}.',
  by_hand: 'Svara själv. Ett program kan inte godkänna åt dig.',
  vendors: 'Tjänster',
  pending: 'Ditt val är inte sparat än. Vi försöker igen.',
  embed: 'Innehållet från {host} visas först om du samtycker till {category}.',
  embed_load: 'Godkänn och visa',
  embed_link: 'Öppna länken',
};

const swedishText: NoticeText = {
  v: 1,
  language: 'sv',
  variant: 'adult',
  title: 'Vill du samtycka?',
  intro:
    'Omilon AB ber om ditt samtycke till att lagra och läsa uppgifter på din enhet för inställningar, statistik och marknadsföring. Uppgifterna delas med Annonsnätverket Exempel AB.',
  withdraw: 'Du kan när som helst ta tillbaka ditt samtycke. Det påverkar inte det som redan har gjorts.',
  labels: {
    accept: 'Godkänn alla',
    refuse: 'Neka alla',
    settings: 'Välj själv',
    save: 'Spara val',
    close: 'Stäng utan att välja',
    reopen: 'Samtycken och kakor',
  },
  purposes: [
    {
      id: 'statistics',
      title: 'Besök på webbplatsen',
      description: 'Vi räknar besök och ser vilka sidor som läses, så att vi kan göra dem bättre.',
      data: 'Sidor, tidpunkt, typ av enhet',
      retention: '13 månader',
      recipients: 'inga mottagare angivna',
      basis: 'Ditt samtycke. Säger du nej behandlas inga uppgifter för detta.',
      cookies: [
        { name: '_pk_id.*', lifetime: '13 månader', party: 'Omilon' },
        { name: '_pk_ses.*', lifetime: '30 minuter', party: 'Omilon' },
      ],
    },
    {
      id: 'ads',
      title: 'Annonser på andra webbplatser',
      description: 'Vi visar annonser för dig på andra webbplatser, utifrån vad du har tittat på här.',
      data: 'Sidor, tidpunkt, en kod för din webbläsare',
      retention: '90 dagar',
      recipients: 'Annonsnätverket Exempel AB',
      basis: 'Ditt samtycke. Säger du nej behandlas inga uppgifter för detta.',
      cookies: [{ name: '_exempel_besokare_identitet_mycket_langt_namn', lifetime: '90 dagar', party: 'Exempel AB' }],
    },
    {
      id: 'health',
      title: 'Hälsouppgifter i enkäter',
      description: 'Vi sparar det du själv berättar om din hälsa när du svarar på en enkät.',
      data: 'Dina svar',
      retention: 'Tills du tar tillbaka samtycket',
      recipients: 'inga mottagare angivna',
      basis: 'Ditt uttryckliga samtycke, som du ger separat. Säger du nej behandlas inga uppgifter för detta.',
    },
  ],
  others: [
    {
      id: 'session',
      title: 'Inloggning och säkerhet',
      description: 'Behövs för att du ska kunna logga in och för att ingen annan ska kunna göra det i ditt namn.',
      data: 'En kod för inloggningen',
      retention: 'Tills du loggar ut',
      recipients: 'inga mottagare angivna',
      basis: 'Behövs för en tjänst som du har bett om. Därför frågar vi inte.',
      cookies: [{ name: 'session', lifetime: 'Tills du stänger webbläsaren', party: 'Omilon' }],
    },
  ],
  contact: {
    controller: 'Omilon AB',
    contact: 'integritet@omilon.example',
    dpo_contact: 'Dataskyddsombud: ombud@omilon.example',
    policy_url: 'https://omilon.example/personuppgifter',
  },
  rights:
    'Du har rätt att få veta vilka uppgifter som behandlas om dig, att få dem rättade, raderade, begränsade eller överförda, och att invända mot behandlingen. Är du missnöjd kan du klaga hos Integritetsskyddsmyndigheten (imy.se). Gäller det kakor klagar du hos Post- och telestyrelsen (pts.se).',
};

function documentOf(text: NoticeText, words: Words, direction: 'ltr' | 'rtl'): BannerDocument {
  const own = { gpc: false, own_statement: false, consent_mode: [], reask_s: 15_552_000, terminal: [], vendors: [] };
  return {
    v: 1,
    tenant: 'omilon',
    site: 'omilon-web',
    site_id: '0123456789ab',
    notice: `sha256:${'4f'.repeat(32)}`,
    version: 1,
    language: text.language,
    variant: text.variant,
    direction,
    languages: ['sv', 'ar', 'de'],
    purposes: [
      { ...own, id: 'statistics', category: 'statistics' },
      { ...own, id: 'ads', category: 'marketing', gpc: true },
      { ...own, id: 'health', category: 'preferences', own_statement: true },
    ],
    prior_notices_accepted: [],
    changes: [],
    cookie_domains: [],
    text,
    words,
    log: { origin: 'samtycke.example/omilon', vkey: '' },
  };
}

/** The same notice in another language. Untranslated texts keep their Swedish length. */
function translated(
  language: string,
  text: Partial<NoticeText>,
  titles: string[],
  about: Partial<PurposeWords>,
): NoticeText {
  const inLanguage = (list: PurposeWords[], from: number) =>
    list.map((one, index) => ({ ...one, ...about, title: titles[from + index]! }));
  return {
    ...swedishText,
    language,
    ...text,
    purposes: inLanguage(swedishText.purposes, 0),
    others: inLanguage(swedishText.others, 3),
  };
}

const arabic = documentOf(
  translated(
    'ar',
    {
      title: 'هل توافق؟',
      intro:
        'تطلب Omilon موافقتك على ما يلي: زيارات الموقع؛ الإعلانات في مواقع أخرى؛ المعلومات الصحية في الاستبيانات. الاختيار لك، ويمكنك قبول جزء ورفض آخر.',
      withdraw: 'يمكنك سحب موافقتك في أي وقت بالسهولة نفسها التي أعطيتها بها. ولا يتأثر ما تم قبل ذلك.',
      labels: {
        accept: 'قبول الكل',
        refuse: 'رفض الكل',
        settings: 'اختر بنفسك',
        save: 'حفظ الاختيار',
        close: 'إغلاق دون اختيار',
        reopen: 'الموافقات وملفات الارتباط',
      },
      rights: 'لك الحق في معرفة البيانات التي تعالج عنك وفي تصحيحها وحذفها وتقييدها ونقلها والاعتراض عليها.',
    },
    ['زيارات الموقع', 'الإعلانات في مواقع أخرى', 'المعلومات الصحية في الاستبيانات', 'تسجيل الدخول والأمان'],
    {
      description: 'نحصي الزيارات ونرى الصفحات التي تُقرأ لكي نحسّنها.',
      data: 'الصفحات والوقت ونوع الجهاز',
      retention: '13 شهرًا',
      recipients: 'لم يُذكر أحد غيرنا',
      basis: 'موافقتك. لا يُفعل شيء بدونها.',
    },
  ),
  {
    ...swedishWords,
    categories: { necessary: 'ضرورية', preferences: 'الإعدادات', statistics: 'الإحصاءات', marketing: 'التسويق' },
    always: 'مفعّل دائمًا',
    details: 'التفاصيل',
    data: 'البيانات',
    retention: 'المدة',
    recipients: 'المستلمون',
    basis: 'الأساس القانوني',
    cookies: 'ملفات الارتباط',
    cookie_name: 'الاسم',
    cookie_lifetime: 'المدة',
    cookie_party: 'من',
    others: 'ما نفعله دون سؤال',
    contact: 'الاتصال',
    policy: 'سياسة الخصوصية',
    gpc: 'متصفحك يرفض التتبع (Global Privacy Control). نحترم ذلك ما لم تختر غيره هنا.',
    saved: 'تم حفظ اختيارك.',
  },
  'rtl',
);

const german = documentOf(
  translated(
    'de',
    {
      title: 'Datenschutzeinstellungen und Einwilligungsverwaltung',
      intro:
        'Omilon bittet um Ihre Einwilligung zu Folgendem: Webseitenbesuchsstatistikauswertung; Werbeeinblendungen auf Drittanbieterwebseiten; Gesundheitsdatenverarbeitung in Kundenzufriedenheitsumfragen. Sie entscheiden selbst.',
      withdraw:
        'Sie können Ihre Einwilligung jederzeit widerrufen, ebenso einfach, wie Sie sie erteilt haben. Die Rechtmäßigkeit der bis dahin erfolgten Verarbeitung bleibt davon unberührt.',
      labels: {
        accept: 'Sämtliche Einwilligungen erteilen',
        refuse: 'Sämtliche Einwilligungen ablehnen',
        settings: 'Datenschutzeinstellungen individuell anpassen',
        save: 'Ausgewählte Einwilligungseinstellungen speichern',
        close: 'Schließen, ohne zu wählen',
        reopen: 'Datenschutz- und Einwilligungseinstellungen',
      },
    },
    [
      'Webseitenbesuchsstatistikauswertung',
      'Werbeeinblendungen auf Drittanbieterwebseiten',
      'Gesundheitsdatenverarbeitung in Kundenzufriedenheitsumfragen',
      'Anmeldesitzungssicherheitsmaßnahmen',
    ],
    {
      description:
        'Wir zählen Besuche und sehen, welche Seiten gelesen werden, um unsere Informationsangebotsdarstellung zu verbessern.',
      retention: 'Dreizehn Monate',
    },
  ),
  {
    ...swedishWords,
    categories: {
      necessary: 'Notwendige',
      preferences: 'Benutzereinstellungen',
      statistics: 'Reichweitenmessung',
      marketing: 'Werbemaßnahmen',
    },
    always: 'Immer aktiv',
    details: 'Einzelheiten',
    data: 'Datenkategorien',
    retention: 'Speicherdauer',
    recipients: 'Datenempfänger',
    basis: 'Rechtsgrundlage',
    cookies: 'Cookies',
    cookie_name: 'Bezeichnung',
    cookie_lifetime: 'Speicherdauer',
    cookie_party: 'Verantwortlicher Anbieter',
    others: 'Verarbeitungen ohne Einwilligungserfordernis',
    contact: 'Kontakt',
    policy: 'Datenschutzerklärung',
    gpc: 'Ihr Browser lehnt Nachverfolgung ab (Global Privacy Control). Daran halten wir uns, sofern Sie hier nichts anderes wählen.',
    saved: 'Ihre Auswahl ist gespeichert.',
  },
  'ltr',
);

/** Two services of one purpose. */
export const services: Vendor[] = [
  { id: 'exempel', name: 'Annonsnätverket Exempel AB' },
  { id: 'pixla', name: 'Pixla Ads LLC' },
];

/** What a new register changed. */
export const changes: NoticeChanges = {
  since: '00000000',
  purposes: [
    { id: 'statistics', kind: 'changed', added: ['Matverket Analytics Inc.'], removed: ['Sidräknaren AB'] },
    { id: 'health', kind: 'new', added: [], removed: [] },
  ],
};

/** Documents: an ordinary one, a right-to-left one, and one with long words. */
export const documents: Record<string, BannerDocument> = {
  sv: documentOf(swedishText, swedishWords, 'ltr'),
  ar: arabic,
  de: german,
};
