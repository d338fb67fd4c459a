//! The look of the pages on which people pay, or play a guest.

/// A page on which a person pays, or what comes of it. The body is HTML, the title is text.
pub(crate) fn layout(title: &str, body: &str) -> String {
    layout_under("Simulación de pagos: no se cobra dinero", title, body)
}

/// The same look for other simulators, under what they say about themselves.
pub(crate) fn layout_under(header: &str, title: &str, body: &str) -> String {
    const STYLE: &str = "\
        *{box-sizing:border-box}body{margin:0;background:#eef1f5;color:#1d2733;\
        font:17px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif}\
        header{background:#22577a;color:#fff;padding:.9rem 1.2rem;font-size:.85rem}\
        main{max-width:28rem;margin:1.2rem auto;padding:1.4rem;background:#fff;border-radius:14px;\
        box-shadow:0 1px 6px #0002}\
        h1{font-size:1.35rem;margin:0 0 .8rem}h2{font-size:1.1rem;margin:1.6rem 0 .2rem}\
        a{color:#22577a}a,li{overflow-wrap:anywhere}label{display:block;margin:.5rem 0}\
        input,select{display:block;width:100%;min-height:2.6rem;padding:.4rem;border:1px solid #b9c4d0;\
        border-radius:8px;background:#fff;color:inherit;font:inherit}ul{list-style:none;margin:0;padding:0;color:#48566a}\
        .total{font-size:2.1rem;font-weight:700;margin:.3rem 0 1.2rem}\
        .notice{background:#fff4d6;border-radius:10px;padding:.8rem 1rem}\
        button{display:block;width:100%;min-height:3.1rem;margin:.6rem 0;padding:.6rem;border-radius:10px;\
        border:1px solid #b9c4d0;background:#fff;color:inherit;font:inherit;cursor:pointer}\
        button.first{background:#22577a;border-color:#22577a;color:#fff;font-weight:600}\
        button.second{border-color:#22577a;color:#22577a;font-weight:600}\
        button.link{border:0;color:#48566a;text-decoration:underline}\
        button:focus-visible,summary:focus-visible,input:focus-visible,select:focus-visible,a:focus-visible{outline:3px solid #f0a202;outline-offset:2px}\
        details{margin:.8rem 0}summary{cursor:pointer;color:#48566a;padding:.4rem 0}";
    format!(
        "<!DOCTYPE html>\n<html lang=\"es\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title><style>{STYLE}</style></head>\
         <body><header>{header}</header>\
         <main><h1>{title}</h1>{body}</main></body></html>\n"
    )
}

/// Text that can stand in HTML.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            character => escaped.push(character),
        }
    }
    escaped
}

/// Digits in groups of three with points between them, as in most of Latin America.
pub(crate) fn grouped(digits: &str) -> String {
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}
