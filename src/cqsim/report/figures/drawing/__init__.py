"""What all charts share: style, layout, captions, fonts, picture files."""
