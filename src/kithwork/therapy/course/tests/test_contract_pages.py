"""The contract as the two meet it in a browser."""

from tests.cast import browser

from kithwork.therapy.course import contracts, queries

KEYS = iter(f"contract-key-{n:016}" for n in range(1000))


def post(page, address, **fields):
    return page.post(address, {"key": next(KEYS), **fields})


def test_a_number_is_written_down_signed_by_both_and_shown_on_every_page(cast):
    joan, maya, base = browser(cast.joan), browser(cast.maya), f"/course/{cast.mayas.pk}"

    offered = post(joan, f"{base}/contract/", sessions="14", reason="first", minutes="50", rhythm="weekly")
    [contract] = queries.contracts(cast.maya_now())
    post(joan, f"{base}/contract/{contract.pk}/sign/", party="therapist")
    unsigned = joan.get(f"{base}/contract/").content
    signed = post(maya, f"/me/contract/{contract.pk}/sign/")

    assert (offered.status_code, signed.status_code) == (302, 302)
    assert b"of 16 (to be agreed)" in unsigned
    assert b"of 14" in joan.get(f"{base}/contract/").content
    assert b"14 sessions" in maya.get("/me/contract/").content


def test_joan_enters_what_maya_signed_on_paper(cast):
    joan, base = browser(cast.joan), f"/course/{cast.mayas.pk}"
    contract = contracts.offer(by=cast.audience(cast.joan, cast.mayas), sessions=16)

    post(joan, f"{base}/contract/{contract.pk}/sign/", party="client", manner="on_paper")

    assert "Maya, 18 March, on paper, entered by Joan Hale" in joan.get(f"{base}/contract/").content.decode()


def test_a_refused_proposal_keeps_what_was_written(cast):
    answer = post(browser(cast.maya), "/me/contract/", sessions="", reason="first", note="Tuesdays, please.")

    assert answer.status_code == 422
    assert b"Tuesdays, please." in answer.content
    assert queries.contracts(cast.maya_now()) == []


def test_somebody_elses_contract_does_not_exist(cast):
    contract = contracts.offer(by=cast.audience(cast.joan, cast.mayas), sessions=16)

    answers = [
        post(browser(cast.carl), f"/me/contract/{contract.pk}/sign/"),
        post(browser(cast.mira), f"/course/{cast.mayas.pk}/contract/{contract.pk}/sign/"),
        post(browser(cast.mira), f"/course/{cast.carls.pk}/contract/{contract.pk}/sign/"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
