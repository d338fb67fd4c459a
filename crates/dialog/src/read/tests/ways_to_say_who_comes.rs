//! Ways to say who comes.

use super::golden_readings::check;

#[test]
fn in_spanish() {
    let es = |text, expected| check("es-AR", text, expected);
    es("somos 2 y un bebé", "2+1=3 availability");
    es("para 2 adultos y 1 menor", "2+1=3 availability");
    es("mi señora, yo y los dos nenes", "2+2=4 availability");
    es("somos 3 adultos mas 2 chicos y el perro", "3+2=5 availability");
    es("nosotros dos y nuestro hijo de 4", "2+1=3 availability");
    es("una familia tipo, 2 grandes 2 chicos", "2+2=4 availability");
    es("dos parejas", "4 adults 4 guests availability");
    es("somos cinco en total, tres adultos y dos niños", "3+2=5 availability");
    es("seriamos 4 y dos perros", "4 guests availability");
    es("disculpa, era para 3 personas no para 2", "3 guests availability");
    es("no somos 2, somos 5", "5 guests availability");
    es("voy sola", "1 guests availability");
    es("con mi marido y mi beba de un año", "2+1=3 availability");
    es("4 mayores y 3 menores", "4+3=7 availability");
    es("seríamos 6, 4 adultos y mellizos de 3 años", "4+2=6 availability");
    es("2 personas y una mascota", "2 guests availability");
    es("somos un grupo de 10 amigas", "10 guests availability");
    es("somos 4 (2 y 2)", "4 guests availability");
    es("matrimonio con 3 hijos", "2+3=5 availability");
    es("mi vieja, mi hermano y yo", "3 guests availability");
    check("es-MX", "somos 2 adultos, 1 adolescente y 1 niño de 5", "2+2=4 availability");
    check("es-MX", "nomás mi vieja y yo", "2 guests availability");
    check("es-ES", "vamos dos parejas con dos niños cada una", "4+4=8 availability");
    check("es-CO", "2 adultos y 2 niños de 3 y 7 añitos", "2+2=4 availability");
    check("es-CL", "somos 2 adultos y 2 cabros chicos", "2+2=4 availability");
}

#[test]
fn in_portuguese_and_english() {
    let pt = |text, expected| check("pt-BR", text, expected);
    pt("eu, meu marido e nossas duas filhas", "2+2=4 availability");
    pt("somos 3 adultos e 1 bebê de 8 meses", "3+1=4 availability");
    pt("casal com dois filhos pequenos", "2+2=4 availability");
    pt("só eu", "1 guests availability");
    pt("somos em quatro", "4 guests availability");
    let en = |text, expected| check("en", text, expected);
    en("2 adults and 2 small kids", "2+2=4 availability");
    en("me, my wife and our 3 kids", "2+3=5 availability");
    en("just me", "1 guests availability");
    en("a couple with a baby", "2+1=3 availability");
    en("party of 5, 2 kids included", "3+2=5 availability");
    en("two couples", "4 adults 4 guests availability");
}
