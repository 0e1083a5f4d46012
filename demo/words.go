package demo

// What the invented neighbours write. Each text stands in the language of who writes it.

type wanted struct {
	category, title, details string
	minutes                  int64
}

var offers = map[string][]wanted{
	"fr": {
		{"repair", "Je répare les petites choses", "Étagères, poignées, tringles. J’ai mes outils.", 60},
		{"cooking", "Un grand plat pour vos fêtes", "Mafé, couscous ou gratin, pour vingt personnes si vous apportez la marmite.", 180},
		{"children", "Je garde vos enfants après l’école", "De 16 h 30 à 18 h, les lundis et jeudis.", 90},
		{"paperwork", "Lire une lettre à deux", "Je lis avec vous les lettres de l’administration et je vous aide à répondre.", 45},
		{"computer", "Débloquer un téléphone ou un ordinateur", "Mots de passe, mises à jour, photos à ranger.", 60},
		{"sewing", "Ourlets et fermetures éclair", "J’ai deux machines à la maison.", 60},
		{"garden", "Coup de main au jardin partagé", "Bêcher, arroser, porter du compost.", 120},
		{"shopping", "Je fais vos courses le samedi", "Je vais au marché avec un grand chariot.", 60},
		{"carrying", "Monter un meuble", "Deux bras et un diable, quand l’ascenseur est en panne.", 60},
		{"company", "Un café et une partie de dames", "L’après-midi, dans la salle commune.", 90},
		{"languages", "Parler français sans avoir peur", "Une heure de conversation, on rit beaucoup.", 60},
	},
	"ar": {
		{"languages", "دروس في اللغة العربية للأطفال", "ساعة كل أسبوع في القاعة المشتركة.", 60},
		{"cooking", "أعلّمكم خبز البيت", "نخبز معًا صباح السبت.", 120},
		{"company", "أرافقكم إلى الطبيب", "أترجم بين العربية والفرنسية.", 90},
		{"sewing", "أخيط الستائر", "عندي آلة خياطة.", 90},
	},
	"en": {
		{"languages", "English conversation for all ages", "One relaxed hour in the common room.", 60},
		{"computer", "Help with forms on the internet", "Bring your letter, we fill it in together.", 60},
		{"cooking", "Learn to cook a rice and lentil meal", "I bring the spices.", 90},
		{"children", "Homework help in maths", "For children of 8 to 14.", 60},
	},
}

var requests = map[string][]wanted{
	"fr": {
		{"paperwork", "Quelqu’un pour lire une lettre avec moi", "Une demi-heure, un soir de la semaine.", 30},
		{"carrying", "Descendre une machine à laver", "Troisième étage, l’ascenseur est petit.", 60},
		{"repair", "Mon étagère du couloir penche", "Il faut un tournevis et de la patience.", 90},
		{"children", "Garder Noé un mercredi sur deux", "Il a cinq ans et il adore les escargots.", 120},
		{"shopping", "Mes courses pendant que je suis plâtrée", "Une liste courte, pour trois semaines.", 60},
		{"computer", "Mettre des photos sur une clé", "Je n’y arrive pas toute seule.", 45},
	},
	"ar": {
		{"paperwork", "أحتاج إلى من يقرأ معي رسالة", "نصف ساعة مساءً.", 30},
		{"languages", "أريد أن أتكلم الفرنسية", "مرة في الأسبوع، مع قهوة.", 60},
		{"repair", "حنفية المطبخ تقطر", "عندي القطعة الجديدة.", 45},
	},
	"en": {
		{"repair", "My cupboard door fell off", "I have the screws but no drill.", 45},
		{"paperwork", "Understanding a school letter", "It is only one page.", 30},
		{"garden", "Learning to grow tomatoes", "I have a balcony and no idea.", 60},
	},
}

type pinned struct{ kind, title, body string }

var notices = map[string][]pinned{
	"fr": {
		{"news", "La table de couture s’agrandit", "Une troisième machine nous a été donnée ! Les débutants sont les bienvenus."},
		{"found", "Un trousseau près du local vélos", "Deux clés et un porte-clés violet. Je les garde chez moi, demandez-moi."},
		{"help", "Qui a une grande marmite pour dimanche ?", "Je fais le mafé pour vingt."},
		{"news", "Le composteur est revenu", "Il est devant le bâtiment C. Merci à ceux qui l’ont porté."},
		{"help", "Une poussette à prêter pour deux semaines ?", "Ma nièce arrive avec son bébé."},
		{"found", "Perdu : un doudou lapin gris", "Dans l’escalier ou près des boîtes aux lettres. Il manque beaucoup à Lina."},
		{"news", "Le coin lecture est rangé", "Prenez un livre, laissez-en un. C’est dans le hall du bâtiment A."},
		{"news", "On a repeint le banc", "Attendez demain pour vous asseoir !"},
		{"help", "Qui va à la déchetterie cette semaine ?", "J’ai un petit meuble qui rentre dans un coffre."},
	},
	"ar": {
		{"news", "قهوة الصباح يوم الثلاثاء", "تعالوا كلكم، الباب مفتوح من التاسعة."},
		{"help", "من عنده مثقاب كهربائي؟", "أحتاجه ساعة واحدة فقط."},
		{"found", "وجدت نظارة قرب المصعد", "هي عندي، اسألوني."},
	},
	"en": {
		{"news", "Free tomato plants", "I grew too many. They are next to the bicycle room."},
		{"help", "Does anyone have a spare pram wheel?", "Any size helps."},
		{"found", "Found: a child's blue glove", "I hung it on the railing."},
	},
}

var alerts = []pinned{
	{"alert", "Pas d’eau chaude demain matin", "De 9 h à midi, le chauffagiste change une pompe. Remplissez une bouilloire ce soir. La salle commune reste au chaud, avec du thé."},
	{"alert", "L’ascenseur est en panne", "Le réparateur vient demain. Qui a besoin d’aide pour monter ses courses le dit ici."},
}

var remarks = map[string][]string{
	"fr": {"J’apporte du fil et des chutes de coton.", "Merci, je passe ce soir.", "Je peux prêter la mienne.", "Quelle bonne nouvelle !", "Je l’ai vu ce matin, je demande à Gisèle.", "On vient à trois.", "Bravo à tous."},
	"ar": {"شكرًا لكم!", "أنا قادمة.", "عندي واحد، مرّوا عليّ.", "فكرة جميلة."},
	"en": {"Thank you, I will come by.", "I have one you can use.", "Lovely!", "See you there."},
}

type gathering struct {
	title, details, place string
	hour, minute, minutes int
	capacity              int
}

var gatherings = []gathering{
	{"Table de couture", "Ourlets, coussins, boutons. Trois machines, du thé, et Nadia pour montrer.", "Salle commune, bâtiment C", 18, 30, 120, 12},
	{"Café des voisins", "On parle de tout et de rien. Les nouveaux sont attendus.", "Salle commune, bâtiment C", 9, 30, 90, 0},
	{"Atelier vélo", "Apportez votre vélo, on le remet en route ensemble.", "Garage à vélos", 14, 0, 150, 8},
	{"Repas partagé", "Chacun apporte un plat à goûter.", "Salle commune, bâtiment C", 12, 0, 150, 30},
	{"Jardinage à plusieurs", "On plante, on arrose, on goûte.", "Jardin partagé", 10, 0, 120, 0},
	{"Cinéma dans la cour", "Apportez une chaise et un pull.", "Cour du bâtiment A", 21, 0, 120, 60},
	{"Conversation en français", "Un thème, un thé, aucun exercice.", "Salle commune, bâtiment A", 17, 0, 75, 10},
	{"Sortie au Parc Floral", "On y va en tram. Les enfants sont les bienvenus.", "Arrêt de tram", 13, 30, 240, 15},
}

// What caseworkers write about invented households: facts, with who said them.
var caseNotes = []struct{ class, body string }{
	{"shared", "Nous avons relu ensemble la facture de gaz. Madame propose de noter la température chaque matin."},
	{"shared", "Décidé ensemble : la demande d’aide au chauffage part cette semaine, Madame l’envoie et me prévient."},
	{"team", "Deuxième relance au bailleur pour le chauffe-eau. Réponse promise vendredi."},
	{"team", "Rendez-vous avec l’école le 12. La maîtresse demande une interprète."},
	{"secret", "Parole confiée pendant la visite, à garder entre nous."},
	{"shared", "Le dossier de surendettement est complet. Prochaine étape : la réponse de la commission."},
	{"team", "Le plan d’apurement tient depuis trois mois."},
}

var caseAims = []string{"Relire le plan d’apurement", "Préparer le dossier d’aide au chauffage", "Faire le point ensemble", "Visiter le logement proposé", "Accompagner à la mission locale"}

var wishes = []string{"préfère l’écoute à la lecture", "appeler après 15 h", "pas d’appel le vendredi", "un message, puis un appel", "venir avec une interprète"}

var moments = []string{"J’ai appris à dix voisins à faire le mafé.", "J’ai tenu la table de couture deux mois.", "J’ai aidé à porter le composteur.", "On m’a appris à réparer mon vélo."}

// giftWords go with a gift of hours.
var giftWords = map[string][]string{
	"fr": {"Pour la petite.", "Merci d’être là.", "Avec toute notre amitié.", "Bon rétablissement !"},
	"ar": {"شكرًا لكم على كل شيء.", "ألف مبروك!"},
	"en": {"Thank you for being there.", "Get well soon!"},
}
