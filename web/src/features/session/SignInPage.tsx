import { useRouter, useSearch } from "@tanstack/react-router";
import { SignInForm } from "../../parts/SignInForm";
import { paths } from "../../paths/paths";
import { text } from "../../text/text";
import { Doorway } from "./Doorway";

export function SignInPage() {
  const router = useRouter();
  const { next } = useSearch({ from: "/sign-in" });
  return (
    <Doorway title={text("session.sign_in")} lead={text("session.sign_in_lead")}>
      <SignInForm onSignedIn={() => void router.navigate({ href: next ?? paths.home(), replace: true })} />
    </Doorway>
  );
}
