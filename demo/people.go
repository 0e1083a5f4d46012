package demo

// The people of the invented neighbourhood. No name is anybody's: given and family names
// are drawn apart and joined by the seed.

type tongue struct {
	language string // of lien's languages, the one its people read best
	given    []string
	family   []string
}

var tongues = []tongue{
	{"fr", []string{"Gisèle", "Jean-Luc", "Nathalie", "Thierry", "Monique", "Kévin", "Sylvie", "Patrick", "Élodie", "Bernard", "Chantal", "Julien", "Martine", "Cédric"}, []string{"Lambert", "Moreau", "Girard", "Bonnet", "Fontaine", "Rousseau", "Chevalier", "Gauthier", "Perrin", "Morel", "Blanchard", "Marchand"}},
	{"ar", []string{"Nadia", "Karim", "Fatima", "Youssef", "Samira", "Hassan", "Leïla", "Rachid", "Khadija", "Omar", "Amina", "Mourad"}, []string{"Benali", "Haddad", "El Amrani", "Bouzid", "Cherif", "Mansouri", "Belkacem", "Saïdi", "Toumi", "Zerouali"}},
	{"fr", []string{"Fatoumata", "Ousmane", "Aminata", "Moussa", "Mariama", "Ibrahima", "Awa", "Sékou", "Bintou", "Mamadou"}, []string{"Diarra", "Traoré", "Keïta", "Camara", "Sissoko", "Diallo", "Konaté", "Touré", "Bah", "Sow"}},
	{"en", []string{"Sivakumar", "Priya", "Anjali", "Ravi", "Grace", "Emmanuel", "Comfort", "Kwame", "Meena", "Joseph"}, []string{"Rajan", "Okafor", "Mensah", "Selvam", "Nair", "Adeyemi", "Boateng", "Kumar", "Asante", "Perera"}},
	{"fr", []string{"Mehmet", "Oksana", "Thi Lan", "Ayşe", "João", "Natalia", "Emre", "Maria", "Van Minh", "Iryna"}, []string{"Yıldız", "Kovalenko", "Nguyen", "Demir", "Ferreira", "Shevchenko", "Kaya", "Lopes", "Tran", "Melnyk"}},
}

// The professionals, the administrator first. Their organisations are the programme's
// partners and an invented landlord.
var professionals = []struct{ name, organisation, function string }{
	{"Marc Petit", "Habitat des Iris", "administrator"},
	{"Claire Vasseur", "AURORE", "caseworker"},
	{"Ibrahim Barry", "AURORE", "caseworker"},
	{"Hélène Duval", "AHU", "caseworker"},
	{"Sophie Arnaud", "AURORE", "coordinator"},
}
