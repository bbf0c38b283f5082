"""What is deployed: not as root, nothing writable, asked whether it lives and whether it is ready, with enough open files."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import pytest
import yaml

from routes.connections.readiness import ADDRESS
from routes.notice import away_notices

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
ALIVE = "/_stcore/health"
SERVERS = ("server-1", "server-2")


def kubernetes(kind: str) -> list[dict]:
    parts = [
        part
        for path in sorted((DEPLOY / "kubernetes").glob("*.yaml"))
        for part in yaml.safe_load_all(path.read_text("utf-8"))
    ]
    return [part for part in parts if part and part["kind"] == kind]


def containers(part: dict) -> list[dict]:
    return part["spec"]["template"]["spec"]["containers"]


def test_the_image_installs_by_hash_and_runs_as_nobody():
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    assert "--require-hashes -r requirements.lock" in text
    assert re.findall(r"^USER (\S+)$", text, re.M)[-1] not in ("root", "0")
    assert ALIVE in next(line for line in text.replace("\\\n", " ").splitlines() if line.startswith("HEALTHCHECK"))
    ignored = (DEPLOY / "Containerfile.dockerignore").read_text("utf-8").split()
    assert {"**/unpublished.toml", ".git", ".venv", "data", "tests"} <= set(ignored)


def test_the_composed_servers_may_write_nothing_and_are_asked_whether_they_are_ready():
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]
    for name in (*SERVERS, "proxy"):
        service = services[name]
        assert service["read_only"] is True and service["cap_drop"] == ["ALL"], name
        assert "no-new-privileges:true" in service["security_opt"], name
    for name in SERVERS:
        assert ADDRESS in str(services[name]["healthcheck"]["test"])
        assert services[name]["ulimits"]["nofile"] == 65536 and services[name]["mem_limit"]
        assert all(volume.endswith(":ro") for volume in services[name]["volumes"])
        assert "ports" not in services[name], "readers come through the proxy alone"
    assert services[SERVERS[0]]["environment"] == services[SERVERS[1]]["environment"]
    assert all(
        f"server {name}:8501 max_fails=0;" in services["proxy"]["environment"]["FIGURES_SERVERS"] for name in SERVERS
    )


def test_the_cluster_asks_the_same_and_drains_before_it_stops():
    server = next(part for part in kubernetes("Deployment") if part["metadata"]["name"] == "figures")
    pod, container = server["spec"]["template"]["spec"], containers(server)[0]
    assert server["spec"]["replicas"] >= 2
    assert container["livenessProbe"]["httpGet"]["path"] == ALIVE
    assert container["readinessProbe"]["httpGet"]["path"] == container["startupProbe"]["httpGet"]["path"] == ADDRESS
    assert "USR1" in str(container["lifecycle"]["preStop"]) and container["resources"]["limits"]["memory"]
    assert all(mount["readOnly"] for mount in container["volumeMounts"])
    for part in kubernetes("Deployment"):
        assert part["spec"]["template"]["spec"]["securityContext"]["runAsNonRoot"] is True
        for each in containers(part):
            assert each["securityContext"]["readOnlyRootFilesystem"] is True
            assert each["securityContext"]["capabilities"]["drop"] == ["ALL"]
    assert pod["automountServiceAccountToken"] is False
    named = re.findall(r"\$\{FIGURES_(\w+)\}", (DEPLOY / "nginx" / "nginx.conf.template").read_text("utf-8"))
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]["proxy"]["environment"]
    proxy = next(part for part in kubernetes("Deployment") if part["metadata"]["name"] == "figures-proxy")
    for given in (set(composed), {each["name"] for each in containers(proxy)[0]["env"]}):
        assert given == {f"FIGURES_{name}" for name in named}
    assert [policy["spec"]["policyTypes"] for policy in kubernetes("NetworkPolicy")] == [["Ingress", "Egress"]]
    assert kubernetes("NetworkPolicy")[0]["spec"]["egress"] == [], "the server calls nobody"


def test_the_unit_gives_open_files_and_no_rights():
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read(DEPLOY / "systemd" / "figures.service")
    service = unit["Service"]
    assert service["LimitNOFILE"] == "65536" and service["MemoryMax"] and service["Restart"] == "always"
    assert service["ProtectSystem"] == "strict" and service["NoNewPrivileges"] == "yes" and service["User"]
    assert "USR1" in service["ExecStop"]


@pytest.mark.parametrize("name", away_notices())
def test_the_proxy_says_in_every_language_what_the_catalogues_say(name):
    told = (DEPLOY / "nginx" / "notices" / name).read_text("utf-8")
    assert told == away_notices()[name], "run: python -m routes.notice deploy/nginx/notices"
