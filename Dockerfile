# A server in a container; docs/host.md tells how to run it.

FROM python:3.11-slim AS build
# A C compiler, for the compiled engine.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/*
RUN python -m venv /opt/magnate
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY magnate ./magnate
RUN HATCH_BUILD_HOOK_ENABLE_MYPYC=1 /opt/magnate/bin/pip install --no-cache-dir .

FROM python:3.11-slim
RUN groupadd --system --gid 10001 magnate \
    && useradd --system --uid 10001 --gid magnate --home-dir /data --no-create-home --shell /usr/sbin/nologin magnate \
    && install --directory --owner=magnate --group=magnate --mode=700 /data
COPY --from=build /opt/magnate /opt/magnate
# Inside, the server must listen on all addresses; what is reachable from outside is said by --publish.
ENV PATH=/opt/magnate/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MAGNATE_HOST=0.0.0.0 \
    MAGNATE_PORT=8000 \
    MAGNATE_DB=/data/magnate.sqlite3
USER magnate
WORKDIR /data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
# 503, and so an exit code of 1, means that the database cannot be written.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"MAGNATE_PORT\"]}/healthz', timeout=4)"]
ENTRYPOINT ["magnate"]
CMD ["serve"]
