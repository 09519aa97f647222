def draw_spark(*a): return ""
def draw_card_strip(*a): return ""
