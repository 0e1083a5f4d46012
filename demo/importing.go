package demo

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"lien/coop"
	"lien/coop/importing"
)

// planImporting lets the facilitator take over what an exchange of the quarter kept in a
// spreadsheet: one list is in, another one lies on its piles.
func (t *teller) planImporting() {
	t.calmly(t.until.Add(-3*time.Hour), t.takeOver)
	t.calmly(t.until.Add(-2*time.Hour), t.lookThrough)
}

// former are the numbers from which the old exchange counted on.
func (t *teller) former() int { return t.plot.Members + 140 }

// takeOver is the member export of a time bank, carried out to its end.
func (t *teller) takeOver(ctx context.Context) error {
	n := t.former()
	list := "N,Nom d'utilisateur,Email,Téléphone,Autre téléphone,Créé le,Dernière connexion le,Langue,Solde\n" +
		fmt.Sprintf("%d,Rosa Delgado,,,,2019-03-02 10:11:12 UTC,,es,3:30\n", n) +
		fmt.Sprintf("%d,Bakary Touré,,,,2019-03-02 10:11:12 UTC,,fr,-1:15\n", n+1) +
		fmt.Sprintf("%d,Layla Mansour,,,,2020-09-14 09:00:00 UTC,,ar,0:45\n", n+2) +
		fmt.Sprintf("%d,Yvonne Perrin,,,,2021-01-20 17:40:00 UTC,,fr,&mdash;\n", n+3)
	id, err := t.upload(ctx, "banque-du-temps_membres.csv", []byte(list))
	if err != nil {
		return err
	}
	seen, err := t.imports.One(ctx, t.facilitator.Actor, id)
	if err != nil {
		return err
	}
	if err := t.imports.Confirm(ctx, t.facilitator.Actor, id, seen.Turn); err != nil {
		return err
	}
	if err := t.imports.Carry(ctx, t.facilitator.Actor, id); err != nil {
		return err
	}
	_, err = t.invitations.ForImported(ctx, t.facilitator.Actor, id)
	return err
}

// lookThrough is a sheet as Excel writes it in French, with everything that such sheets hold.
func (t *teller) lookThrough(ctx context.Context) error {
	n := t.former()
	list := "Num\xe9ro;Nom;Langue;Solde;T\xe9l\xe9phone\r\n" +
		fmt.Sprintf("%d;H\xe9l\xe8ne Faure;fr;2:00;06 12 34 56 78\r\n", n+20) +
		fmt.Sprintf("%d;Ousmane Ba;fr;-0:30;\r\n", n+21) +
		fmt.Sprintf("%d;Rosa Delgado;es;3:30;\r\n", n) +
		"4;Mehmet Y.;fr;1:00;\r\n" +
		fmt.Sprintf("%d;Yvonne Perrin;fr;4:00;\r\n", n+3) +
		fmt.Sprintf("%d;Colette Marchand;fr;52:00;\r\n", n+22) +
		fmt.Sprintf("%d;=Andr\xe9 Colin;fr;1:00;\r\n", n+23) +
		fmt.Sprintf("%d;Simone Girard;fr;1:10:30;\r\n", n+24) +
		fmt.Sprintf("%d;Marc Leroy;fr;0:20;\r\n", n+25) +
		fmt.Sprintf("%d;Marie Leroy;fr;0:20;\r\n", n+25) +
		fmt.Sprintf("%d;Gaston Henry;fr\r\n", n+26)
	_, err := t.upload(ctx, "liste_2019.csv", []byte(list))
	return err
}

func (t *teller) upload(ctx context.Context, name string, content []byte) (coop.ImportID, error) {
	return t.imports.Upload(ctx, t.facilitator.Actor, importing.Upload{
		Key: uuid.NewSHA1(t.facilitator.Member.UUID, []byte(name)), Name: name, Content: content, Place: t.stairwells[0], Language: "fr",
	})
}
