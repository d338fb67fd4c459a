mod measure;
mod scratch;
