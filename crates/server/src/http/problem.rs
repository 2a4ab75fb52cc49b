//! What goes wrong, on the wire: RFC 9457 problem details with a code from one closed list.

use app::error::{Alternative, Error, FieldProblem};
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::time::Day;
use serde::Serialize;
use storage::StorageError;

/// What went wrong, for programs. The list is closed; a code never changes its status.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    utoipa::ToSchema,
    strum::EnumIter,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[schema(as = ProblemCode)]
pub enum Code {
    Malformed,
    IdempotencyKeyRequired,
    NotSignedIn,
    SignInFailed,
    Forbidden,
    OnlyViewing,
    CrossSite,
    NotFound,
    MethodNotAllowed,
    NoUseLeft,
    GateClosed,
    MoveNotAllowed,
    Conflict,
    LinkUsed,
    LinkExpired,
    StaleVersion,
    TooLarge,
    WrongMediaType,
    WrongHost,
    InvalidInput,
    IdempotencyKeyReused,
    BadFile,
    VersionRequired,
    TooManyAttempts,
    Broken,
    TooSlow,
}

impl Code {
    pub fn status(self) -> StatusCode {
        match self {
            Self::Malformed | Self::IdempotencyKeyRequired => StatusCode::BAD_REQUEST,
            Self::NotSignedIn | Self::SignInFailed => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::OnlyViewing | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::NoUseLeft | Self::GateClosed | Self::MoveNotAllowed | Self::Conflict => {
                StatusCode::CONFLICT
            }
            Self::LinkUsed | Self::LinkExpired => StatusCode::GONE,
            Self::StaleVersion => StatusCode::PRECONDITION_FAILED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::WrongMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::WrongHost => StatusCode::MISDIRECTED_REQUEST,
            Self::InvalidInput | Self::IdempotencyKeyReused | Self::BadFile => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::VersionRequired => StatusCode::PRECONDITION_REQUIRED,
            Self::TooManyAttempts => StatusCode::TOO_MANY_REQUESTS,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
            Self::TooSlow => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Self::Malformed => "The request cannot be read",
            Self::IdempotencyKeyRequired => "The header Idempotency-Key is missing",
            Self::NotSignedIn => "Sign in first",
            Self::SignInFailed => "The sign-in failed",
            Self::Forbidden => "You may not do this",
            Self::OnlyViewing => "You are only viewing",
            Self::CrossSite => "The request comes from another site",
            Self::NotFound => "There is nothing here",
            Self::MethodNotAllowed => "This address does not take that method",
            Self::NoUseLeft => "This advocate cannot be asked now",
            Self::GateClosed => "This deal cannot ask for it yet",
            Self::MoveNotAllowed => "This step is not possible now",
            Self::Conflict => "This exists already",
            Self::LinkUsed => "This link was used",
            Self::LinkExpired => "This link has expired",
            Self::StaleVersion => "Somebody else changed this",
            Self::TooLarge => "This is too large",
            Self::WrongMediaType => "The body has another type than asked for",
            Self::WrongHost => "The program is not reached under this name",
            Self::InvalidInput => "Some of the input is not valid",
            Self::IdempotencyKeyReused => "The Idempotency-Key was used for something else",
            Self::BadFile => "The file cannot be read",
            Self::VersionRequired => "The header If-Match is missing",
            Self::TooManyAttempts => "Too many attempts",
            Self::Broken => "Something broke on our side",
            Self::TooSlow => "This took too long",
        }
    }

    /// The sent form.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// Why a request was refused or could not be answered.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// A name of the kind of problem, for tools that go by it; the same as `code`.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: &'static str,
    pub status: u16,
    pub code: Code,
    /// What happened, why, and what to do.
    pub detail: String,
    /// The fields of the input that are wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub fields: Vec<FieldProblem>,
    /// With `stale_version`: the version that the record has now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<i64>,
    /// With `no_use_left`: the first day on which the advocate could be asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_free: Option<Day>,
    /// With `no_use_left`: others who could be asked instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alternatives: Option<Vec<Alternative>>,
    /// With `no_use_left`: whether you may go past it with a reason, which is listed for review.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub may_override: Option<bool>,
    #[serde(skip)]
    retry_after_seconds: Option<i64>,
}

impl Problem {
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("urn:goodword:problem:{}", code.as_str()),
            title: code.title(),
            status: code.status().as_u16(),
            code,
            detail: detail.into(),
            fields: Vec::new(),
            current: None,
            next_free: None,
            alternatives: None,
            may_override: None,
            retry_after_seconds: None,
        }
    }

    /// Input that was understood and is wrong.
    pub fn invalid(fields: Vec<FieldProblem>) -> Self {
        let detail = match fields.as_slice() {
            [only] => only.message.clone(),
            _ => "Correct the fields that are named and send it again.".to_owned(),
        };
        Self {
            fields,
            ..Self::new(Code::InvalidInput, detail)
        }
    }

    fn storage(error: &StorageError) -> Self {
        match error {
            StorageError::Stale => Self::new(
                Code::StaleVersion,
                "Somebody else changed this record at the same moment. Read it again and repeat your change.",
            ),
            StorageError::Unkeepable(_) => Self::new(
                Code::InvalidInput,
                "A text holds the character NUL, which cannot be kept or looked for. Take it out.",
            ),
            StorageError::Duplicate(_) => Self::new(
                Code::Conflict,
                "A record with the same unique value exists. Look for it, or choose another value.",
            ),
            StorageError::BadRow { .. } | StorageError::Database(_) | StorageError::Location(_) => {
                Self::broken(error)
            }
        }
    }

    /// Logs the cause, once and here, and tells the caller nothing of it.
    fn broken(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error, "a request could not be answered");
        Self::new(
            Code::Broken,
            "This is our fault, not yours. Try again; if it stays, tell an admin when it happened.",
        )
    }
}

const ONLY_VIEWING: &str = "You look through somebody else's eyes and change nothing. Stop viewing, and do it in your own name.";
const HIDDEN_FROM_VIEWER: &str = "The person you view as sees customers' people here. Your own roles see none of them, so you do not see them now either.";
const LINK_USED: &str =
    "It works once, and the answer was recorded. Write to the sender if you want to change it.";
const LINK_EXPIRED: &str = "Write to the sender if you still want to answer.";
const SHARE_OVER: &str =
    "What it showed is not offered any more. Write to the sender if you still want to see it.";
const KEY_REUSED: &str =
    "The same key came with another body before. Send a new key with a new request.";

/// The one place that says what a refusal of the use cases is on the wire.
impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotSignedIn => Self::new(Code::NotSignedIn, "Sign in and try again."),
            Error::SignInFailed => Self::new(
                Code::SignInFailed,
                "The e-mail address and the password do not go together. Check both and try again.",
            ),
            Error::Forbidden => Self::new(
                Code::Forbidden,
                "Your roles do not include this. Ask an admin if you need it.",
            ),
            Error::OnlyViewing => Self::new(Code::OnlyViewing, ONLY_VIEWING),
            Error::HiddenFromViewer => Self::new(Code::Forbidden, HIDDEN_FROM_VIEWER),
            Error::NotFound => Self::new(
                Code::NotFound,
                "There is no such record, or it is not one that you may see.",
            ),
            Error::Stale { current } => Self {
                current: Some(current),
                ..Self::new(
                    Code::StaleVersion,
                    "Somebody else changed this record since you read it. Read it again and repeat your change.",
                )
            },
            Error::Invalid(fields) => Self::invalid(fields),
            Error::MoveNotAllowed(why) => Self::new(Code::MoveNotAllowed, why),
            Error::Conflict(why) => Self::new(Code::Conflict, why),
            Error::NoUseLeft {
                why,
                next_free,
                alternatives,
                may_override,
            } => Self {
                next_free,
                alternatives: Some(alternatives),
                may_override: Some(may_override),
                ..Self::new(Code::NoUseLeft, why)
            },
            Error::GateClosed { why, may_override } => Self {
                may_override: Some(may_override),
                ..Self::new(Code::GateClosed, why)
            },
            Error::TooManyAttempts {
                retry_after_seconds,
            } => Self {
                retry_after_seconds: Some(retry_after_seconds),
                ..Self::new(
                    Code::TooManyAttempts,
                    format!("Wait {retry_after_seconds} seconds and try again."),
                )
            },
            Error::LinkUsed => Self::new(Code::LinkUsed, LINK_USED),
            Error::LinkExpired => Self::new(Code::LinkExpired, LINK_EXPIRED),
            Error::ShareOver => Self::new(Code::LinkExpired, SHARE_OVER),
            Error::KeyReused => Self::new(Code::IdempotencyKeyReused, KEY_REUSED),
            Error::BadFile(why) => Self::new(Code::BadFile, why),
            Error::Broken(_) => Self::broken(&error),
            Error::Storage(cause) => Self::storage(&cause),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let retry_after = self.retry_after_seconds;
        let status = self.code.status();
        let mut response = (status, Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if let Some(seconds) = retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static("Bearer realm=\"goodword\""),
            );
        }
        response
    }
}
