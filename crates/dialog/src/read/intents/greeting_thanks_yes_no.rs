//! Greetings, thanks, yes and no.

use crate::read::token::Sentence;

const GREETING_WORDS: &str = "\
    hola holi holis buenas buenos buen dia dias tardes tarde noches oi oie hello hi hey bom boa noite \
    good morning afternoon evening che buenass bueno ah eh mmm uh uy jaja alo opa";

/// Where the message begins once "hola, buenas tardes" and the like are over.
pub(super) fn after_greetings(sentence: &Sentence) -> usize {
    let skipped = |index: &usize| sentence.is_in(*index, GREETING_WORDS) || sentence.is_mark(*index);
    (0..sentence.len()).take_while(skipped).count()
}

pub(super) const GREETING: &str = "
+2 hola|holi|holis|holu|oi|oie|oii|hello|hi|hey|hiya|alo|opa|wenas|bnas|holap|aloha|hellou|jelou|helo
+2 ^ buenas|buenos
+2 buenas|buenos|bnas|wenas|bns tardes|noches|dias|buenas|tarde|noche|dia
+2 buen|bom|bon dia
+2 boa|boas tarde|noite|dia|tardes
+2 good morning|afternoon|evening|day
+2 !y|con|el ?^ que tal|onda|hubo|haces|hay
-2 !^ que hay
+2 ^ que hay|mas $
+2 quiubo|quihubo|epa|eae|eai
+2 ^ e ai
+2 tudo bem|bom|certo ?
+2 ^ estimad*|dear|prezad*|saludos|greetings|senores
+2 ^ como estas|estan|va|andas|andan|vai|vao|le|les|esta ?va ?todo $
-4 teng*|tengan|tenga|pase|pasen|have|tenha|tenham|desde|feliz|ate|hasta ~ ?a|un|uma|muy|linda|lindo buen|buenas|buenos|bom|boa|good|great|nice dia|noches|tardes|noite|day|evening|semana|tarde
";

pub(super) const THANKS: &str = "
+2 gracias|graciass|obrigado|obrigada|obrigadinha|thanks|thank|thankyou|agradec*|agradezco|agradecid*|agradecemos|valeu|brigado|brigada|brigadao|grazie|merci|cheers|appreciate|thnx|gratidao|grata|grato
+2 🙏 $
-2 accion de gracias
";

pub(super) const YES: &str = "
+2 ^ dale|ok|okay|oka|okey|oki|okis|perfecto|perfeito|perfect|listo|obvio|sip|sisi|simon|orale|joya|genial|buenisimo|barbaro|beleza|fechado|fechou|combinado|isso|sim|yes|yep|yeah|yup|sure|adelante|cerrado|deal|bora|correcto|exacto|positivo|acepto|aceito|aceptado|great|excelente|yess|claro|certo|absolutely|definitely|definitivamente|simm|arre|hecho|otimo|show
-2 ^ claro|obvio|sure|great|genial|excelente que|pero|lugar|ubicacion|atencion ?no
-4 ^ claro que no
+2 ^ ok|dale|bueno ok|dale|listo|si
+2 ^ vale $
+2 ^ vale ok|si|perfecto|genial|gracias
+2 ^ va|sale $ ?,|.|!
-2 ^ va|sale ?
+2 ^ si $
+2 ^ si si|dale|quiero|queremos|porfavor|por|gracias|claro|perfecto|confirmo|confirmamos|reserv*|obvio|acepto|ok|me|la|lo|nos|esta|tal|senor|senora|senorita|genial|correcto|exacto|asi|por|va|bueno|ya|todo|con|esa|ese|eso|please
-2 ^ si me|la|lo|nos|ya|con|esa|ese|va|esta|por ~ ~ cuanto|hay|puede*|que|avisa*|deja*|quedo|quedamos|llego|llegamos|conviene
-4 ^ bueno|ok|okay|dale|genial|perfecto|listo|vale|si|sim|beleza ~ ~ pienso|pensamos|pensar|hablo|hablamos|charl*|consulto|consultamos|aviso|avisamos|digo|vemos|vejo|penso|think|check
+2 ^ de acuerdo|una|10|diez
+2 de acuerdo $
+2 ^ esta|ta bien|bom
+2 ^ me|nos parece|sirve|gusta|encanta|encanto|late|va|convence
+2 me parece bien|perfecto|genial
+2 por supuesto
+2 ^ como no $
+2 ^ como no
+2 la|lo tomo|tomamos|quiero|queremos $
+2 sounds good|great|perfect
+2 go ahead
+2 ^ that|this works
+2 ^ pode|podes|puede ser|sim|reservar|confirmar $
+2 ^ pode reservar|confirmar|fechar
+2 ^ ta bom|certo|otimo
+2 ^ con gusto|todo gusto
+2 ^ hagamoslo|hagamosla|hecho|metele|mandale|procede|proceda
+2 👍|👌|✅|🆗|💯
+2 ^ bueno ,|.|dale|ok|listo|reserv*|confirm*|esta
-2 ^ bueno , ~ no|cuanto|que|hay
+2 ^ bueno $
-2 ^ bueno , ~ ~ ~ ~ ten*|hay|cuanto|queria|te
+2 ^ that is fine|ok|correct|right|great|perfect
+2 ^ i will take it|that
";

pub(super) const NO: &str = "
+2 ^ no|nao|nop|nope|nah|nel|negativo|noo|naa|nones|nananina $
+2 ^ no|nao|nope|nah|nel gracias|thanks|thank|obrigado|obrigada|no|porfavor|deja|quiero|me|nos|mejor|por|valeu|precisa|va|hace
+2 ^ no|nao dejala|dejalo|dejame|dejemos|espera|esperate|esperame|pera|deixa|todavia|aun|ahora|ainda
-2 ^ no|nao me|nos ~ ~ llego|contest*|funciona|deja|respond*|anda|quedo|quedan|carga|aparece
-2 ^ no|nao quiero|quero ~ cancel*|robot|bot|hablar|molestar
+2 todavia|aun|ainda|por ahora|mejor|entonces|ahora|momento|creo que|hoy no|nao $
+2 todavia|aun|ainda no|nao ,|.|$
+2 ^ todavia|aun|ainda|mejor|por no|nao|ahora ?no
-2 todavia|aun no ~ ~ llego|contest*|respond*|recib*|me|tengo|funciona|sabemos|se|decid*|confirmaron|confirmado|confirmada
+2 not now|yet|today|interested|really|necessary|sure $
+2 ^ not sure yet
+2 ^ not now|yet|today|interested|really|this
+2 no me|nos sirve|convence|interesa|alcanza|conviene|cierra|convencio|gusta
+2 ^ prefiero|preferimos no
+2 ^ nada|olvidalo|dejalo|deja|olvidate|nothing|esquece|deixa|descarta $
+2 lo|vou|voy|vamos ?a ?que ?tengo dejo|dejamos|deixar|pasar $
+2 ❌|🙅
";
