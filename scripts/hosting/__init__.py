"""What a server needs to host the site: its settings and packed copies of the files, both made from the built `site/`.

    headers.py    reads site/_headers, the one place that says which header goes with which address
    settings.py   writes the settings of nginx and Caddy from it, for any sub-path
    pack.mjs      puts a .br and a .gz beside each file that gets smaller by it
    objects.py    lists the files for object storage, with what is to be said of each
    trial.py      runs a server on a loopback port, for tests and benchmarks
    releases.py   puts a build in place in one step, and takes it back to the build before
"""
