import { answerOutcome, pauseDeal } from "~/modules/deals/index.server";
import {
  answerMinutes,
  confirmSession,
  giveFeedback,
  recordAttendance,
  respondToMeeting,
  saveMinutes,
} from "~/modules/sessions/index.server";
import type { PersonActor } from "~/platform/context";
import { aDealAt, type DealScene, revisionOf as dealRevision, paper, setTerms } from "../../factories/deals";
import { chase, questionsOf } from "../../factories/outcomes";
import { must } from "../../factories/people";
import {
  anAccepted,
  anInvited,
  atBeginning,
  bothComing,
  COMING,
  minutesForm,
  type Party,
  revisionOf,
  sequenceOf,
  stepOf,
} from "../../factories/sessions";
import type { TestWorld } from "../../setup/harness";
import { SECRETS } from "./secrets";

export type SecondHalf = Record<"session" | "meeting" | "deal" | "paper" | "question" | "introduction", string>;

/**
 * Two organisations that have agreed to know each other meet, write down what was said, make a contract and are asked what
 * came of it. What is each one's own, or the broker's, stays hidden from the other. `work` does what the workers do, while
 * the news is new.
 */
export async function setSecondHalf(
  world: TestWorld,
  people: { broker: PersonActor; registrar: PersonActor; need: Party; offering: Party },
  work: () => Promise<void>,
): Promise<SecondHalf> {
  const { broker, need, offering } = people;
  const accepted = await anAccepted(world, { broker, need, offering });
  const session = { agenda: SECRETS.sessionAgenda.value, onlineUrl: SECRETS.sessionUrl.value };
  const invited = await anInvited(world, { accepted, session });
  const { sessionId, meetingId } = invited;
  await work();
  await bothComing(world, invited);
  const sequence = await sequenceOf(world, meetingId);
  const answer = { ...COMING, meetingId, sequence, side: "need" as const, note: SECRETS.responseNote.value };
  must(await respondToMeeting(world.ctx(need.manager), answer));
  await work();
  must(await confirmSession(world.ctx(broker), await stepOf(world, sessionId)));
  await atBeginning(world, meetingId);
  const came = { ...(await revisionOf(world, meetingId)), need: true, offering: true };
  must(await recordAttendance(world.ctx(broker), came));

  const write = async (revision: string) => {
    const form = minutesForm(world, { revision, decisions: SECRETS.minutesDecisions.value });
    must(await saveMinutes(world.ctx(broker), { ...form, meetingId, send: true }));
    await work();
  };
  await write("0");
  const wrong = { meetingId, side: "need" as const, revision: 1, answer: "disputed" as const };
  must(await answerMinutes(world.ctx(need.manager), { ...wrong, remark: SECRETS.minutesRemark.value }));
  await work();
  await write("1");
  const feedback = { meetingId, side: "need" as const, score: 2, comment: SECRETS.feedback.value };
  must(await giveFeedback(world.ctx(need.manager), feedback));

  const dealScene: DealScene = { ...people, other: broker, transferor: offering, transferee: need };
  const deal = await aDealAt(world, dealScene, "drafting", {
    open: {
      title: SECRETS.dealTitle.value,
      origin: "meeting",
      meetingId,
      transferorId: "",
      transfereeId: "",
      nextAction: SECRETS.dealPlan.value,
    },
    terms: { title: SECRETS.dealTitle.value, scope: SECRETS.dealScope.value },
  });
  const paperId = await paper(world, broker, deal, "draft_contract", SECRETS.dealPaper.value);
  await work();

  world.clock.advanceDays(8);
  await chase(world);
  await work();
  const [asked, other] = await questionsOf(world, accepted.caseId);
  const say = (who: Party, questionId: string, answer: "signed" | "stopped", note: string | null) =>
    answerOutcome(world.ctx(who.manager), { questionId, answer, note });
  must(await say(need, asked.id, "signed", SECRETS.outcomeNote.value));
  must(await say(offering, other.id, "stopped", null));
  await setTerms(world, dealScene, deal, { title: SECRETS.dealTitle.value, scope: SECRETS.dealScope.value });
  must(
    await pauseDeal(world.ctx(broker), {
      dealId: deal,
      revision: await dealRevision(world, deal),
      reasonCode: "other",
      note: SECRETS.dealNote.value,
    }),
  );
  await work();
  return {
    session: sessionId,
    meeting: meetingId,
    deal,
    paper: paperId,
    question: asked.id,
    introduction: accepted.introductionId,
  };
}
