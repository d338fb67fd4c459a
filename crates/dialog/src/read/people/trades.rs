//! Heads by what they do: `4 musicians`, `cinco ciclistas`. The same words name who works at the house or in town, so that
//! they count only where a head count stands.

use crate::read::{
    lexicon::{Words, words},
    token::Sentence,
};

static TRADES: Words = Words::new(
    "\
    musicos musicas musicians cyclists bikers ciclistas motoqueros motoqueiros motociclistas motards riders enfermeras enfermeros enfermeiras \
    enfermeiros nurses medicos medicas doctors maestros maestras teachers docentes profesores profesoras professores professoras albaniles \
    pedreiros builders obreros operarios operarias workers tecnicos technicians electricistas electricians eletricistas ingenieros ingenieras \
    engineers engenheiros arquitectos architects arquitetos choferes camioneros camioneras motoristas caminhoneiros truckers drivers pilotos \
    pilots peregrinos peregrinas pilgrims mochileros mochileras mochileiros mochileiras backpackers turistas tourists surfistas surfers \
    escaladores escaladoras climbers montanistas andinistas alpinistas hikers caminantes caminhantes trekkers senderistas runners walkers \
    corredores corredoras maratonistas nadadores nadadoras swimmers remeros rowers jugadores jugadoras players jogadores jogadoras futbolistas \
    atletas athletes bailarines bailarinas dancers dancarinos dancarinas actores actrices actors atores atrizes cantantes singers cantores \
    fotografos fotografas photographers pescadores fishermen anglers cazadores hunters scouts monjas nuns freiras curas priests students \
    estudantes alumnos alumnas universitarios universitarias becarios becarias investigadores investigadoras researchers pesquisadores \
    pesquisadoras cientificos scientists biologos biologas biologists geologos geologas geologists arqueologos archaeologists programadores \
    programadoras programmers developers abogados abogadas lawyers advogados advogadas contadores contadoras accountants vendedores vendedoras \
    cocineros cocineras cooks chefs policias soldiers soldados bomberos bomberas bombeiros firefighters militares misioneros missionaries \
    missionarios voluntarios voluntarias volunteers artesanos artesanas periodistas journalists jornalistas solteros solteras solteiros \
    solteiras viudas viuvas temporeros cosechadores instaladores soldadores carpinteros carpenters pintores painters welders plumbers \
    plomeros gauchos hinchas torcedores fans rugbiers tenistas golfistas golfers jinetes birders birdwatchers avistadores artistas artists \
    coristas veteranos veterans reclutas seminaristas dentistas dentists psicologos psicologas psychologists oficinistas funcionarios empleados \
    empleadas employees trabajadores trabajadoras trabalhadores",
);

pub(in crate::read) fn is_trade(sentence: &Sentence, index: usize) -> bool {
    sentence.has(index, &TRADES)
}

/// Whether a head count stands at the number: at the beginning of a clause, behind `somos` or `para`, or in a list with the
/// speaker.
pub(super) fn is_head_count(sentence: &Sentence, number: usize) -> bool {
    let leads = words!(
        "somos seriamos seremos sumos vamos iriamos iremos eramos para for pra por are be with con com y e and + plus mas mais yo eu me \
         nosotros nosotras nos llegamos venimos viajamos llegariamos estamos as just only solo so apenas"
    );
    let opens = number == 0 || sentence.is_break(number - 1);
    // "3 técnicos vienen a arreglar el wifi", "2 painters are coming": they come to work there.
    let busy = (number + 2..number + 7).take_while(|at| !sentence.is_break(*at)).any(|at| {
        sentence.is_in(at, "arreglar reparar instalar revisar fix repair install consertar arrumar pintar limpiar vinieron vieram came")
    });
    (opens || sentence.had(number, 1, leads)) && !busy
}
