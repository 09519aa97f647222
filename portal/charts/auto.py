def sketch_auto(*a): raise NotImplementedError
def suggest_chart(d): return ()
