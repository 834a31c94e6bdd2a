"""What a letter teaches: new recipients, the texts, the endings; nothing that can't be a setting, and no other default."""

from app.editing.preferences.learning import learn_post
from app.editing.preferences.preferences import Address, Post

LETTER = Post((Address("财政局", "a@b.cn"), Address("", "A@B.cn")), "c@d.cn", "{单位}", "正文\n", (".docx", ".pdf"))


def test_the_first_recipients_are_the_usual_ones() -> None:
    learnt = learn_post(Post(), LETTER)
    assert learnt == Post((Address("", "A@B.cn", is_usual=True),), "c@d.cn", "{单位}", "正文\n", (".pdf", ".docx"))


def test_later_ones_only_come_into_the_book() -> None:
    own = Address("主管局", "x@y.cn")
    learnt = learn_post(Post((own,)), Post((Address("甲", "X@Y.cn"), Address("乙", "b@c.cn"))))
    assert learnt.addresses == (own, Address("乙", "b@c.cn"))


def test_what_cannot_be_a_setting_is_not_learnt() -> None:
    letter = Post((Address("", "李四"),), "c" * 2001, "s" * 501, "t" * 20_001, (".exe",))
    assert learn_post(Post(copy="a@b.cn"), letter) == Post(copy="a@b.cn")
