"""Can a hidden cell be worked out from the cells that are shown?"""
