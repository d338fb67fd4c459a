//! Greetings, thanks, yes and no.

use super::Rule;
use crate::{
    read::token::Sentence,
    reading::Intent::{Greeting, No, Thanks, Yes},
};

const GREETING_WORDS: &str = "\
    hola holi holis buenas buenos buen dia dias tardes tarde noches oi oie hello hi hey bom boa noite \
    good morning afternoon evening che buenass bueno ah eh mmm uh uy jaja alo opa";

/// Where the message begins once "hola, buenas tardes" and the like are over.
pub(super) fn after_greetings(sentence: &Sentence) -> usize {
    let skipped = |index: &usize| sentence.is_in(*index, GREETING_WORDS) || sentence.is_mark(*index);
    (0..sentence.len()).take_while(skipped).count()
}

pub(super) const GREETING: &[Rule] = &[
    (
        Greeting,
        2,
        "hola|holi|holis|holu|oi|oie|oii|hello|hi|hey|hiya|alo|opa|wenas|bnas|holap|aloha|hellou|jelou|helo",
    ),
    (Greeting, 2, "^ buenas|buenos"),
    (Greeting, 2, "buenas|buenos|bnas|wenas|bns tardes|noches|dias|buenas|tarde|noche|dia"),
    (Greeting, 2, "buen|bom|bon dia"),
    (Greeting, 2, "boa|boas tarde|noite|dia|tardes"),
    (Greeting, 2, "good morning|afternoon|evening|day"),
    (Greeting, 2, "!y|con|el ?^ que tal|onda|hubo|haces|hay"),
    (Greeting, -2, "!^ que hay"),
    (Greeting, 2, "^ que hay|mas $"),
    (Greeting, 2, "quiubo|quihubo|epa|eae|eai"),
    (Greeting, 2, "^ e ai"),
    (Greeting, 2, "tudo bem|bom|certo ?"),
    (Greeting, 2, "^ estimad*|dear|prezad*|saludos|greetings|senores"),
    (Greeting, 2, "^ como estas|estan|va|andas|andan|vai|vao|le|les|esta ?va ?todo $"),
    (
        Greeting,
        -4,
        "teng*|tengan|tenga|pase|pasen|have|tenha|tenham|desde|feliz|ate|hasta ~ ?a|un|uma|muy|linda|lindo buen|buenas|buenos|bom|boa|good|great|nice dia|noches|tardes|noite|day|evening|semana|tarde",
    ),
];

pub(super) const THANKS: &[Rule] = &[
    (
        Thanks,
        2,
        "gracias|graciass|obrigado|obrigada|obrigadinha|thanks|thank|thankyou|agradec*|agradezco|agradecid*|agradecemos|valeu|brigado|brigada|brigadao|grazie|merci|cheers|appreciate|thnx|gratidao|grata|grato",
    ),
    (Thanks, 2, "🙏 $"),
    (Thanks, -2, "accion de gracias"),
];

pub(super) const YES: &[Rule] = &[
    (
        Yes,
        2,
        "^ dale|ok|okay|oka|okey|oki|okis|perfecto|perfeito|perfect|listo|obvio|sip|sisi|simon|orale|joya|genial|buenisimo|barbaro|beleza|fechado|fechou|combinado|isso|sim|yes|yep|yeah|yup|sure|adelante|cerrado|deal|bora|correcto|exacto|positivo|acepto|aceito|aceptado|great|excelente|yess|claro|certo|absolutely|definitely|definitivamente|simm|arre|hecho|otimo|show",
    ),
    (Yes, -2, "^ claro|obvio|sure|great|genial|excelente que|pero|lugar|ubicacion|atencion ?no"),
    (Yes, -4, "^ claro que no"),
    (Yes, 2, "^ ok|dale|bueno ok|dale|listo|si"),
    (Yes, 2, "^ vale $"),
    (Yes, 2, "^ vale ok|si|perfecto|genial|gracias"),
    (Yes, 2, "^ va|sale $ ?,|.|!"),
    (Yes, -2, "^ va|sale ?"),
    (Yes, 2, "^ si $"),
    (
        Yes,
        2,
        "^ si si|dale|quiero|queremos|porfavor|por|gracias|claro|perfecto|confirmo|confirmamos|reserv*|obvio|acepto|ok|me|la|lo|nos|esta|tal|senor|senora|senorita|genial|correcto|exacto|asi|por|va|bueno|ya|todo|con|esa|ese|eso|please",
    ),
    (
        Yes,
        -2,
        "^ si me|la|lo|nos|ya|con|esa|ese|va|esta|por ~ ~ cuanto|hay|puede*|que|avisa*|deja*|quedo|quedamos|llego|llegamos|conviene",
    ),
    (
        Yes,
        -4,
        "^ bueno|ok|okay|dale|genial|perfecto|listo|vale|si|sim|beleza ~ ~ pienso|pensamos|pensar|hablo|hablamos|charl*|consulto|consultamos|aviso|avisamos|digo|vemos|vejo|penso|think|check",
    ),
    (Yes, 2, "^ de acuerdo|una|10|diez"),
    (Yes, 2, "de acuerdo $"),
    (Yes, 2, "^ esta|ta bien|bom"),
    (Yes, 2, "^ me|nos parece|sirve|gusta|encanta|encanto|late|va|convence"),
    (Yes, 2, "me parece bien|perfecto|genial"),
    (Yes, 2, "por supuesto"),
    (Yes, 2, "^ como no $"),
    (Yes, 2, "^ como no"),
    (Yes, 2, "la|lo tomo|tomamos|quiero|queremos $"),
    (Yes, 2, "sounds good|great|perfect"),
    (Yes, 2, "go ahead"),
    (Yes, 2, "^ that|this works"),
    (Yes, 2, "^ pode|podes|puede ser|sim|reservar|confirmar $"),
    (Yes, 2, "^ pode reservar|confirmar|fechar"),
    (Yes, 2, "^ ta bom|certo|otimo"),
    (Yes, 2, "^ con gusto|todo gusto"),
    (Yes, 2, "^ hagamoslo|hagamosla|hecho|metele|mandale|procede|proceda"),
    (Yes, 2, "👍|👌|✅|🆗|💯"),
    (Yes, 2, "^ bueno ,|.|dale|ok|listo|reserv*|confirm*|esta"),
    (Yes, -2, "^ bueno , ~ no|cuanto|que|hay"),
    (Yes, 2, "^ bueno $"),
    (Yes, -2, "^ bueno , ~ ~ ~ ~ ten*|hay|cuanto|queria|te"),
    (Yes, 2, "^ that is fine|ok|correct|right|great|perfect"),
    (Yes, 2, "^ i will take it|that"),
];

pub(super) const NO: &[Rule] = &[
    (No, 2, "^ no|nao|nop|nope|nah|nel|negativo|noo|naa|nones|nananina $"),
    (
        No,
        2,
        "^ no|nao|nope|nah|nel gracias|thanks|thank|obrigado|obrigada|no|porfavor|deja|quiero|me|nos|mejor|por|valeu|precisa|va|hace",
    ),
    (
        No,
        2,
        "^ no|nao dejala|dejalo|dejame|dejemos|espera|esperate|esperame|pera|deixa|todavia|aun|ahora|ainda",
    ),
    (No, -2, "^ no|nao me|nos ~ ~ llego|contest*|funciona|deja|respond*|anda|quedo|quedan|carga|aparece"),
    (No, -2, "^ no|nao quiero|quero ~ cancel*|robot|bot|hablar|molestar"),
    (No, 2, "todavia|aun|ainda|por ahora|mejor|entonces|ahora|momento|creo que|hoy no|nao $"),
    (No, 2, "todavia|aun|ainda no|nao ,|.|$"),
    (No, 2, "^ todavia|aun|ainda|mejor|por no|nao|ahora ?no"),
    (
        No,
        -2,
        "todavia|aun no ~ ~ llego|contest*|respond*|recib*|me|tengo|funciona|sabemos|se|decid*|confirmaron|confirmado|confirmada",
    ),
    (No, 2, "not now|yet|today|interested|really|necessary|sure $"),
    (No, 2, "^ not sure yet"),
    (No, 2, "^ not now|yet|today|interested|really|this"),
    (No, 2, "no me|nos sirve|convence|interesa|alcanza|conviene|cierra|convencio|gusta"),
    (No, 2, "^ prefiero|preferimos no"),
    (No, 2, "^ nada|olvidalo|dejalo|deja|olvidate|nothing|esquece|deixa|descarta $"),
    (No, 2, "lo|vou|voy|vamos ?a ?que ?tengo dejo|dejamos|deixar|pasar $"),
    (No, 2, "❌|🙅"),
];
