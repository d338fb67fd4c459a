//! Small words of three languages, greetings and courtesies, and the words that stand around a day.

use crate::read::{lexicon::Words, token::Sentence};

static SMALL: Words = Words::new(
    "comigo conmigo vem nem nor neither seguinte tampoco tampouco somewhere place crash necesito need necesitamos buscando busco law his her their its plus both each other another one two them he she they dele dela seu sua seus suas deles tia cada uno otro otra ambos entre \
     hacia tras menos segun mientras aunque ahora luego despues antes cerca mismo misma nada todo toda todos todas tanto mucho mucha poco \
     cualquier cualquiera alo tambem agora depois antes perto mesmo nada tudo todo muito pouco qualquer onde quando quem qual \
     before after because since while though very too again already yet even here way lot really quite actually well \
     gustaria encantaria pensando pensamos viendo averiguar averiguando cotizar cotizacion presupuesto info informacion informacoes orcamento quote \
     planeando planning plan planejando thinking considering confirmar confirmame avisame decime digame diga tell give \
     a al el la los las lo un una unos unas de del desde hasta en con sin por para y e o u ni que si no ya se me te \
     nos le les su sus mi mis tu tus yo vos usted ustedes nosotros nosotras ellos es son sea seria serian ser estar \
     esta estan estamos este esto esta estos esa ese eso esas esos muy mas menos tambien solo solamente nomas algo \
     alguna alguno algun como cuando donde cuanto cuantos cuanta cual quien porque pero entonces bueno buena buenas \
     buenos hola dia dias tarde tardes noche noches gracias porfavor favor saludos che dale ok oka listo perfecto \
     vale genial joya claro consulta consulto pregunta queria quisiera quiero queremos quisieramos necesito \
     necesitamos busco buscamos puede pueden podes puedes podria podrian puedo podemos saber ver sobre entre tipo \
     aprox siempre aun todavia hoy ahi aca alli mejor perdon digo disculpa disculpen oiga mira mirá fecha fechas \
     hay tenes tienen tiene tienes tenemos tengo queda quedan quedo sale cuesta valor precio precios costo vale \
     total cada proximo proxima viene siguiente fin semana finde mes ano quincena primera segunda primer ultimo \
     nosso nossos nossas nuestro nuestra nuestros nuestras anos anios ano old olds year years mes meses \
     hora horas manana mediodia temprano tempranito tardecita ultima \
     o os as um uma uns umas do da dos das no na nos nas ao aos em com sem pra pro pelo pela ate oi ola bom boa tudo bem \
     obrigado obrigada valeu tem teria temos tenho voce voces eu meu minha nossa sim nao quero queria gostaria preciso \
     quanto fica custa valor preco para dia dias tarde noite amanha cedo semana mes ano fim ou se e isso esse essa este \
     esta ser seria sao mais menos so apenas ainda ja tambem aqui gente favor certo beleza consegue pode podem posso \
     the a an of for from to till until in on at by and or with without we i you your our my me us it is are am be \
     been will would could can do does did have has had any some there this that these those if so not no yes yeah \
     just only also maybe please thanks thank hi hello hey dear good morning evening afternoon night day days week \
     weekend month year weeks days months semanas dentro daqui partir next coming early late around about how much many what when where which who need want like \
     looking wondering hoping possible instead then still cost price rate total ok okay great cheers sure let know \
     free open available s t re ll ve m d p pm am hs h",
);

pub(super) fn is_small(sentence: &Sentence, index: usize) -> bool {
    sentence.has(index, &SMALL) || sentence.word(index).chars().count() <= 2
}

pub(super) fn has(hash: u64) -> bool {
    SMALL.has_hash(hash)
}
