import { Form } from "@remix-run/react";
import type { Failure } from "~/platform/result";
import { FormErrors } from "../forms";
import { Button, Card } from "../ui";

/** Takes an entry of a list out of use, or into use again, by one button; a `fixed` one only says why that cannot be. */
export function StandingCard(props: {
  action: string;
  text: string;
  active: boolean;
  fixed?: boolean;
  revision: number;
  failure: Failure | null;
}) {
  const { action, text, active, fixed = false, revision, failure } = props;
  return (
    <Card title={action}>
      <FormErrors failure={failure} />
      <p className="mb-4 text-muted">{text}</p>
      {fixed ? null : (
        <Form method="post">
          <input type="hidden" name="revision" value={revision} />
          <Button variant={active ? "danger" : "secondary"} name="intent" value={active ? "retire" : "restore"}>
            {action}
          </Button>
        </Form>
      )}
    </Card>
  );
}
