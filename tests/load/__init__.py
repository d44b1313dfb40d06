"""Load: bots as processes of their own, questions by the hundred, what came of them."""
