//! Files into typed rows: encodings, formats, column recognition, values. Pure.
