"""Le Fil's core: raw news copy in, a digest out. It never imports Pelican."""
