# A small image that runs as a user without rights: docker build -t refdesk . && docker run -v refdesk:/data --env-file .env refdesk
FROM python:3.12-slim AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY bot bot
COPY cogs cogs
COPY migrations migrations
RUN python -m venv /opt/refdesk \
 && /opt/refdesk/bin/pip install --no-cache-dir --disable-pip-version-check -c constraints.txt .

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin refdesk \
 && install -d -o refdesk -g refdesk -m 0700 /data
COPY --from=build /opt/refdesk /opt/refdesk
ENV PATH=/opt/refdesk/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    REFDESK_DATABASE=/data/refdesk.db MATRIX_STORE=/data/matrix REFDESK_METRICS_PORT=9469 REFDESK_LOG_FORMAT=json
USER refdesk
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=5s --start-period=120s CMD \
  ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9469/health', timeout=4)"]
ENTRYPOINT ["refdesk"]
CMD ["run"]
