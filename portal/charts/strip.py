def sketch_strip(*a): raise NotImplementedError
