//! Every template with samples, in three languages.

use super::{assert_kept, without_style};
use crate::template_samples::samples;

#[test]
fn templates() {
    for (template, _) in web::render_templates::TEMPLATES {
        for language in ["es", "pt", "en"] {
            let mut text = String::new();
            for (what, sample) in samples(template) {
                let page = web::render_templates::render_in(language, "Cabañas", template, sample).unwrap();
                let shown = if *template == "base.html" { page } else { without_style(&page) };
                text.push_str(&format!("## {what}\n{}\n\n", shown.trim_end()));
            }
            assert_kept(&format!("{}_{language}", template.replace(".html", "_page")), &text);
        }
    }
}
