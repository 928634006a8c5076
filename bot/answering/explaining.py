"""解释一次回答：哪些候选、把握多大、凭什么证据。"""

from .arbiter import ANSWER, NEAR, OURS, Decision
from .choosing.wording import OFF
from .retrieval import EVIDENCE, Matcher
from .sources import Question


def explain(
    matcher: Matcher, question: Question, decision: Decision, model: str = OFF
) -> str:
    """写成几行：裁决、候选、证据。

    参数:
        model: 问没问模型，选了什么
    """
    lines = [
        "", f"裁决：{decision.outcome}", f"地区：{question.region or '不知道'}",
        f"门槛：当作答案 {ANSWER}，当作最接近的 {NEAR}，本领域 {OURS}",
    ]  # fmt: skip
    lines.append(f"模型：{model}")
    for candidate in decision.candidates[:5]:
        lines.append(
            f"  {candidate.confidence:.2f} 本领域{candidate.ours:.2f} "
            f"[{candidate.source}] {candidate.key} {candidate.title}"
        )
    ranking = matcher.rank(question.text, 1)
    lines.append(f"最像的说法：{ranking.hits[0].text}")
    for name, value in zip(EVIDENCE.values(), ranking.facts.tolist(), strict=True):
        lines.append(f"  {name}：{value:.2f}")
    return "\n".join(lines)
