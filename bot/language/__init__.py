"""Language: tokens, stems, sentences and how rare words are, whatever the article."""
